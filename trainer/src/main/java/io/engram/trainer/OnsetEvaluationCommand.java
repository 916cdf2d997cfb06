package io.engram.trainer;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.ReportFolder;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.onset.OnsetEvaluation;
import io.engram.trainer.model.NativeRuntime;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code engram onset-evaluation}. Runs on the CPU: the networks are small. */
@Command(
    name = "onset-evaluation",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a grid of runs, looks up when each began to memorize and to lose accuracy, and says",
      "what the onset detectors raised. Can be stopped at any time: the same command goes on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram onset-evaluation --grid tiny --out onset                a minute",
      "  engram onset-evaluation --grid full --out onset --runs 100     the first hundred of them",
      "  engram onset-evaluation --grid full --out onset --replay       new detectors, old series"
    })
final class OnsetEvaluationCommand implements Callable<Integer> {
  @Option(
      names = "--grid",
      required = true,
      paramLabel = "GRID",
      description = "tiny, small, full, fresh, or a grid file that ends in .yaml.")
  String grid = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where series and report go.")
  Path out = Path.of("");

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "Only the first N runs of the grid's order, which is drawn once (default: all).")
  int most = Integer.MAX_VALUE;

  @Option(
      names = "--replay",
      description =
          "Trains nothing: judges the series that are there with the detectors as they are.")
  boolean replay;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are looked for before $$ENGRAM_DATA and the cache.")
  @Nullable Path dataDir;

  @Override
  public Integer call() {
    NativeRuntime.useCpu();
    DataLocations locations = DataLocations.of(dataDir, System.getenv());
    InstantSource clock = InstantSource.system();
    String started = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    ReportFolder reports = ReportFolder.at(out);
    try (ExperimentConsole training = console(clock);
        ExperimentConsole judging = console(clock)) {
      if (!replay) {
        new OnsetEvaluation(grid, out, training).train(most, locations);
        training.close();
      }
      OnsetEvaluation.Findings findings = new OnsetEvaluation(grid, out, judging).judge(most);
      judging.close();
      reports.write(
          "engram onset-evaluation --grid " + grid,
          findings.report(),
          new ReportFolder.Run(
              started, judging.seconds(), Runtime.getRuntime().availableProcessors()),
          findings.summary());
      print(findings.report());
    }
    System.out.printf("Report: %s%n", out.resolve("report.md"));
    return 0;
  }

  private static ExperimentConsole console(InstantSource clock) {
    return new ExperimentConsole(System.out, Ansi.AUTO.enabled(), clock);
  }

  private static void print(Report report) {
    System.out.printf("%n%s%n", report.title());
    for (Table table : report.tables()) {
      if (table.name().startsWith("conditions")) {
        System.out.printf("%n%s%n%s", table.caption(), table.text());
      }
    }
    System.out.println();
  }
}
