package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.svalidation.PixelShuffle;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What can be set about {@link SValidation}.
 *
 * @param set the values
 */
record Settings(Parameters set) {
  private static final int[] GRID = {
    0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000
  };

  static final List<Parameter> DECLARED =
      List.of(
          Parameter.choices(
              "networks",
              List.of("a", "b", "d", "e"),
              Net.letters(),
              "Those of the paper's Fig. 1"),
          Parameter.choices(
              "inputs",
              List.of("real", "gaussian"),
              Arrays.stream(Inputs.values()).map(each -> each.words).toList(),
              "Images, or Gaussian noise under their labels"),
          Parameter.choices(
              "optimizers",
              List.of("sgd"),
              Arrays.stream(Optimizer.values()).map(each -> each.words).toList(),
              "SGD at 0.01, RmsProp at 0.001"),
          Parameter.wholes("training", List.of(2_000), 10, "Numbers of training images"),
          Parameter.whole("validation", 1_500, 10, "Validation images"),
          Parameter.whole(
              "epochs", 500, 1, "Length of the schedule of a, b, d and e; the paper's is 100000"),
          Parameter.whole(
              "cnn-epochs", 20, 1, "Length of the schedule of c and f; the paper's is 10000"),
          Parameter.numbers(
              "fractions", List.of(0.01, 0.05, 0.1, 1.0), 1e-9, 1, "Shares of pixels shuffled"),
          Parameter.flag(
              "shared", false, "Whether all images are shuffled alike instead of each by itself"),
          Parameter.flag(
              "matched-noise",
              false,
              "Whether Gaussian inputs have the images' mean and variance instead of 0 and 1"),
          Parameter.whole("batch", 128, 1, "Examples of a step"),
          Parameter.flag(
              "confirm",
              false,
              "Whether checkpoints with an undecided or below-null verdict are scored again with"
                  + " 500 trees and 100 permutations"),
          Parameter.whole(
              "shuffled-networks",
              0,
              0,
              "Networks of each kind that are trained on permuted labels, for a null of their own"),
          Parameter.whole("seeds", 3, 1, "Repetitions, each with images and weights of its own"),
          Parameter.whole("first-seed", 1, 1, "Seed of the first repetition, the others follow"),
          Parameter.whole("threads", 2, 1, "For scoring; the scores do not depend on it"));

  Settings {
    for (int training : set.wholes("training")) {
      if (set.whole("batch") > training) {
        throw new InvalidSettingException(
            "--batch",
            "is %d, must be at most the %d of --training".formatted(set.whole("batch"), training));
      }
    }
    distinct("--training", set.wholes("training"));
    distinct("--fractions", set.numbers("fractions"));
  }

  private static void distinct(String name, List<?> values) {
    if (values.stream().distinct().count() < values.size()) {
      throw new InvalidSettingException(name, "is %s, must be different numbers".formatted(values));
    }
  }

  List<Net> nets() {
    return set.chosen("networks").stream().sorted().map(place -> Net.values()[place]).toList();
  }

  List<Inputs> inputs() {
    return set.chosen("inputs").stream().sorted().map(place -> Inputs.values()[place]).toList();
  }

  List<Optimizer> optimizers() {
    return set.chosen("optimizers").stream()
        .sorted()
        .map(place -> Optimizer.values()[place])
        .toList();
  }

  List<Integer> sizes() {
    return set.wholes("training").stream().sorted().toList();
  }

  int validation() {
    return set.whole("validation");
  }

  int batch() {
    return set.whole("batch");
  }

  int threads() {
    return set.whole("threads");
  }

  int shuffledNetworks() {
    return set.whole("shuffled-networks");
  }

  boolean confirm() {
    return set.flag("confirm");
  }

  boolean matchedNoise() {
    return set.flag("matched-noise");
  }

  int epochs(Net net) {
    return set.whole(net.convolutional ? "cnn-epochs" : "epochs");
  }

  /** Epochs after which is measured: 0, 1, 2, 5, 10, … and the last. */
  List<Integer> grid(Net net) {
    int last = epochs(net);
    TreeSet<Integer> grid = new TreeSet<>(List.of(last));
    IntStream.of(GRID).filter(epoch -> epoch < last).forEach(grid::add);
    return List.copyOf(grid);
  }

  List<Long> seeds() {
    long first = set.whole("first-seed");
    return LongStream.range(first, first + set.whole("seeds")).boxed().toList();
  }

  /** Ascending. */
  List<Double> fractions() {
    return set.numbers("fractions").stream().sorted().toList();
  }

  List<PixelShuffle> shuffles() {
    PixelShuffle.Choice choice =
        set.flag("shared") ? PixelShuffle.Choice.SHARED : PixelShuffle.Choice.PER_IMAGE;
    return fractions().stream().map(share -> new PixelShuffle(share, choice, true)).toList();
  }
}
