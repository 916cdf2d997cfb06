package io.engram.trainer;

import io.engram.trainer.spec.RunFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains runs side by side and shows them live.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram train mnist-mlp",
      "  engram train mnist-mlp --bus clustered --resume   for an engram-collector --bus clustered",
      "  engram train a.yaml b.yaml --port 0 --exit",
      "  engram train mnist-mlp --set noise.labels.share=0.4 --set run=mnist-noisy"
    })
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "A run file (.yaml) or the name of a shipped run.")
  List<String> runs;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting that goes over every run file, as in optimizer.learning_rate=0.1.")
  List<String> settings = new ArrayList<>();

  @Mixin SessionOptions options;

  @Override
  public Integer call() {
    return new Session(options, System.out)
        .run(runs.stream().map(run -> RunFiles.read(run, settings)).toList());
  }
}
