package io.engram.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStatesTest {
  private static final RunId RUN = new RunId("alpha");
  private static final FileTime LATER = FileTime.from(Instant.parse("2999-01-01T00:00:00Z"));

  @TempDir Path dir;

  @Test
  void theLatestStaysWhenTheClockWentBack() throws IOException {
    Runs runs = new Runs(InstantSource.system());
    runs.apply(new SyntheticRun("alpha", 0).start());
    RunAggregate run = Objects.requireNonNull(runs.find(RUN));
    CheckpointStates states = new CheckpointStates(dir);
    for (int step = 0; step < CheckpointStates.MOST; step++) {
      states.keep(run, new Watches().of(run), step);
      states.write();
    }
    try (var files = Files.list(dir.resolve("alpha"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, LATER);
      }
    }

    states.keep(run, new Watches().of(run), 100);
    states.write();

    assertThat(states.find(RUN, 100)).isNotNull();
    assertThat(states.find(RUN, 0)).isNull();
    assertThat(states.find(RUN, 1)).isNotNull();
  }
}
