package io.engram.trainer;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.paper.Documents;
import io.engram.trainer.experiment.paper.PaperFolder;
import io.engram.trainer.experiment.paper.PaperReport;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.text.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram experiment report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the report of engram experiment all anew, from what is kept.")
final class PapersReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder of engram experiment all.")
  Path folder = Path.of("");

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

  @Override
  public Integer call() {
    String scale = PaperFolder.at(folder).scale();
    DataLocations locations = DataLocations.of(dataDir, System.getenv());
    try (ExperimentConsole console =
        new ExperimentConsole(System.out, Ansi.AUTO.enabled(), InstantSource.system())) {
      write(folder, scale, locations, console, markdown);
    }
    return 0;
  }

  static void write(
      Path folder,
      String scale,
      DataLocations locations,
      Progress progress,
      @Nullable Path markdown) {
    PaperReport report = PaperReport.of(folder, scale, locations, progress);
    Documents documents = new Documents(report);
    documents.write(folder);
    if (markdown != null) {
      try {
        Files.writeString(markdown, documents.markdown());
      } catch (IOException e) {
        throw new InvalidSettingException(
            "--markdown", "%s cannot be written: %s".formatted(markdown, e));
      }
    }
    progress.say("");
    progress.say(
        TextTable.format(
            List.of("claim", "what it says", "verdict"),
            documents.claims().rows().stream()
                .map(row -> List.of(text(row, 0), text(row, 2), text(row, 5)))
                .toList()));
    progress.say("Report: " + folder.resolve("report.html"));
  }

  private static String text(List<Object> row, int column) {
    return String.valueOf(row.get(column));
  }
}
