package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.RunId;
import io.engram.events.Shard;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardNoteTest {
  @TempDir Path dir;

  @Test
  void isReadAsItWasWritten() throws Exception {
    ShardNote note = new ShardNote(dir.resolve("run"));
    assertThat(note.read()).isEmpty();
    note.write(new Shard("a"));
    note.write(new Shard("b"));
    assertThat(note.read()).contains(new Shard("b"));
  }

  @Test
  void oneThatNamesNoShardIsRefused() throws Exception {
    Files.writeString(dir.resolve("shard"), "\n");
    assertThatThrownBy(() -> new Shards().destination(new RunId("mnist"), dir))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("shard '' is not a DNS label")
        .hasMessageContaining("without the file a shard is chosen anew");
  }
}
