package io.engram.trainer.spec;

import io.engram.events.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Run files: a run, or the setting that is wrong. */
final class RunFileFuzzTest {
  @Test
  void runFiles() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (String shipped : RunFiles.SHIPPED) {
      seeds.add(RunFiles.source(shipped).getBytes(StandardCharsets.UTF_8));
    }
    Fuzz.of("run files", InvalidSettingException.class)
        .run(
            2_000,
            seeds,
            input ->
                RunFiles.parse("fuzzed", new String(input, StandardCharsets.UTF_8), List.of()));
  }
}
