package io.engram.trainer;

import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.text.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** {@code engram experiment}: lists the experiments, each of which is a command of its own. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[NAME]",
    description = "Runs an experiment of a paper, or lists them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram experiment                     what there is",
      "  engram experiment easy-hard --help    what can be set",
      "  engram experiment easy-hard --runs 20 --out easy-hard",
      "  engram experiment all --scale small --budget 45m --out papers   both papers",
      "  engram experiment report papers                                 their report again"
    })
final class ExperimentCommand implements Callable<Integer> {
  private final List<Experiment> experiments;

  @Parameters(arity = "0..1", hidden = true)
  @Nullable String name;

  @Override
  public Integer call() {
    if (name != null) {
      throw new InvalidSettingException(
          "experiment",
          "there is no '%s', must be one of %s"
              .formatted(
                  name,
                  experiments.stream().map(Experiment::name).collect(Collectors.joining(", "))));
    }
    System.out.print(
        TextTable.format(
            List.of("experiment", "what it asks"),
            experiments.stream().map(e -> List.of(e.name(), e.description())).toList()));
    return 0;
  }

  private ExperimentCommand(List<Experiment> experiments) {
    this.experiments = experiments;
  }

  /** The command with a subcommand for every experiment. */
  static CommandLine commandLine(List<Experiment> experiments) {
    CommandLine command = new CommandLine(new ExperimentCommand(experiments));
    for (Experiment experiment : experiments) {
      CommandSpec spec = CommandSpec.forAnnotatedObject(new ExperimentRun(experiment));
      spec.name(experiment.name());
      spec.usageMessage().description(experiment.description());
      for (Parameter parameter : experiment.parameters()) {
        spec.addOption(
            OptionSpec.builder("--" + parameter.name())
                .type(String.class)
                .paramLabel(parameter.kind().label())
                .description(
                    "%s (default: %s).".formatted(parameter.description(), parameter.fallback()))
                .build());
      }
      command.addSubcommand(spec);
    }
    return command
        .addSubcommand(new PapersCommand())
        .addSubcommand(new PapersReportCommand())
        .addSubcommand(new PapersWorkerCommand());
  }
}
