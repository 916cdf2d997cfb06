package io.engram.trainer;

import io.engram.trainer.spec.RunFiles;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram live}. */
@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    description = {
      "Trains two runs side by side, one on true labels and one with 40 % random labels,",
      "on generated images, and shows how the second learns first and then memorizes."
    })
final class LiveCommand implements Callable<Integer> {
  @Mixin SessionOptions options;

  @Override
  public Integer call() {
    return new Session(options, System.out)
        .run(
            Stream.of("live-clean", "live-noisy")
                .map(run -> RunFiles.read(run, List.of()))
                .toList());
  }
}
