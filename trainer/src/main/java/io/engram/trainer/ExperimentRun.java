package io.engram.trainer;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.ReportFolder;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.model.NativeRuntime;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram experiment NAME}. Runs on the CPU: the networks are small. */
@Command(mixinStandardHelpOptions = true)
final class ExperimentRun implements Callable<Integer> {
  private final Experiment experiment;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes (default: ./engram-experiments/NAME).")
  @Nullable Path folder;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Which images (default: mnist if its files are there, otherwise glyphs, which need"
              + " none).")
  @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are looked for before $$ENGRAM_DATA and the cache.")
  @Nullable Path dataDir;

  @Spec CommandSpec spec;

  ExperimentRun(Experiment experiment) {
    this.experiment = experiment;
  }

  @Override
  public Integer call() {
    PrintStream out = System.out;
    Parameters parameters = Parameters.of(experiment.parameters(), given());
    Path to = folder == null ? Path.of("engram-experiments", experiment.name()) : folder;
    ReportFolder reports = ReportFolder.at(to);
    NativeRuntime.useCpu();
    InstantSource clock = InstantSource.system();
    String started = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    try (ExperimentConsole console = new ExperimentConsole(out, Ansi.AUTO.enabled(), clock)) {
      ExperimentContext context =
          new ExperimentContext(
              parameters,
              dataset,
              experiment.datasets(),
              DataLocations.of(dataDir, System.getenv()),
              console);
      Report report = experiment.run(context);
      reports.write(
          experiment,
          context,
          report,
          new ReportFolder.Run(
              started, console.seconds(), Runtime.getRuntime().availableProcessors()));
      console.close();
      print(out, report);
      out.printf("Report: %s%n", to.resolve("report.md"));
    }
    return 0;
  }

  private Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    for (Parameter parameter : experiment.parameters()) {
      OptionSpec option = spec.findOption("--" + parameter.name());
      String value = option.getValue();
      if (value != null) {
        given.put(parameter.name(), value);
      }
    }
    return given;
  }

  private static void print(PrintStream out, Report report) {
    out.printf("%n%s%n", report.title());
    for (Table table : report.tables()) {
      if (table.isShort()) {
        out.printf("%n%s%n%s", table.caption(), table.text());
      }
    }
    for (Claim claim : report.claims()) {
      out.printf("%n%s  %s  %s%n", claim.id(), claim.verdict(), claim.statement());
      if (!claim.quantities().isEmpty()) {
        out.printf("    %s%n", claim.numbers());
      }
      out.printf("    %s%n", claim.reason());
    }
    out.println();
  }
}
