package io.engram.trainer;

import io.engram.events.RunCommand;
import io.engram.trainer.dataset.DatasetException;
import io.engram.trainer.device.DeviceException;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.training.CheckpointException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The command line: {@code engram live}, {@code train}, {@code pause}, {@code resume}, {@code
 * checkpoint}, {@code stop}, {@code experiment}, {@code datasets}, {@code k8s}.
 */
@Command(
    name = "engram",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Is this network still learning, or has it begun to memorize? Watch it live.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram live                                   two runs side by side, clean and noisy labels",
      "  engram train mnist-mlp                        a shipped run",
      "  engram train my.yaml --set training.epochs=3  a run file, with a setting over it",
      "  engram pause mnist-mlp                        a run that trains, until engram resume",
      "  engram experiment                             what the papers' experiments are",
      "  engram datasets                               what can be trained on",
      "  engram k8s run my.yaml                        a Job for kubectl"
    },
    subcommands = {
      LiveCommand.class,
      TrainCommand.class,
      OnsetEvaluationCommand.class,
      DatasetsCommand.class,
      KubernetesCommand.class
    })
public final class Main {
  /** Exit code for what a user can mend: a setting, a file, an address. */
  static final int USAGE = CommandLine.ExitCode.USAGE;

  private Main() {}

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    CommandLine main = new CommandLine(new Main());
    for (RunCommand command : RunCommand.values()) {
      main.addSubcommand(ControlCommand.commandLine(command));
    }
    return explaining(main.addSubcommand(ExperimentCommand.commandLine(Experiments.ALL)));
  }

  /** Lets a fault that a user can mend be one line. */
  static CommandLine explaining(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof InvalidSettingException
        || failure instanceof CheckpointException
        || failure instanceof DatasetException
        || failure instanceof DeviceException) {
      command.getErr().println("engram: " + failure.getMessage());
      return USAGE;
    }
    throw failure;
  }
}
