package io.engram.trainer;

import io.engram.trainer.dataset.DataLocations;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options shared by the commands that write the papers' report. */
final class ReportOptions {
  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Writes the table of claims there as well.")
  @Nullable Path markdown;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are looked for before $$ENGRAM_DATA and the cache.")
  @Nullable Path dataDir;

  DataLocations locations() {
    return DataLocations.of(dataDir, System.getenv());
  }
}
