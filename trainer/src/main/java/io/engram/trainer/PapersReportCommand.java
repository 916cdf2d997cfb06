package io.engram.trainer;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram experiment report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the report of engram experiment all anew, from what is kept.")
final class PapersReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder of engram experiment all.")
  Path folder = Path.of("");

  @Mixin ReportOptions options;

  @Override
  public Integer call() {
    String scale = PaperFolder.at(folder).scale();
    try (ExperimentConsole console =
        new ExperimentConsole(System.out, Ansi.AUTO.enabled(), InstantSource.system())) {
      write(folder, scale, console, options);
    }
    return 0;
  }

  static void write(Path folder, String scale, Progress progress, ReportOptions options) {
    PaperReport report = PaperReport.of(folder, scale, options.locations(), progress);
    Documents documents = new Documents(report);
    documents.write(folder);
    Path markdown = options.markdown;
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
