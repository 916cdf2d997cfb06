package io.engram.trainer;

import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram k8s}: what Kubernetes is given. */
@Command(
    name = "k8s",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Prints what Kubernetes is given.",
    subcommands = KubernetesCommand.Run.class)
final class KubernetesCommand {
  /** {@code engram k8s run}. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Prints a Job that trains a run for the collectors of k8s/base, with the run file as a",
        "ConfigMap and a volume from which another pod goes on where one is evicted."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  engram k8s run my.yaml | kubectl apply -n engram -f -",
        "  engram k8s run mnist-mlp --set training.epochs=3 --storage 20Gi > mnist.yaml"
      })
  static final class Run implements Callable<Integer> {
    @Parameters(
        paramLabel = "RUN",
        description = "A run file (.yaml) or the name of a shipped run.")
    String run;

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "A setting that goes over the run file, as in optimizer.learning_rate=0.1.")
    List<String> settings = new ArrayList<>();

    @Option(
        names = "--image",
        paramLabel = "IMAGE",
        description = "Of the trainer (default: that of trainer/Dockerfile).")
    String image = "";

    @Option(
        names = "--storage",
        paramLabel = "SIZE",
        defaultValue = "5Gi",
        description = "For spool, checkpoints and data (default: ${DEFAULT-VALUE}).")
    String storage;

    @Option(
        names = "--secrets",
        description =
            "With TLS, a token and certificates for the bus, from the Secrets that"
                + " k8s/overlays/production tells of.")
    boolean secrets;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      RunSpec asked = RunFiles.read(run, settings);
      spec.commandLine()
          .getOut()
          .print(
              KubernetesRun.manifests(
                  asked,
                  RunFiles.source(run),
                  settings,
                  new KubernetesRun.Pod(image, storage, secrets)));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
