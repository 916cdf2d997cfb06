package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir private Path state;

  @Test
  void findsTheHighestStepAmongOtherFiles() throws Exception {
    Checkpoints checkpoints = new Checkpoints(state, new RunId("a"));
    assertThat(checkpoints.latest()).isEmpty();
    Files.createDirectories(checkpoints.at(1).getParent());
    for (long step : new long[] {9, 100, 20}) {
      Files.createFile(checkpoints.at(step));
    }
    Files.createFile(checkpoints.at(1).resolveSibling("step-500.zip.part"));

    assertThat(checkpoints.latest()).contains(checkpoints.at(100));
  }
}
