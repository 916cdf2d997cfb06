package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.svalidation.SValidationSet;
import java.util.List;
import java.util.Map;

/**
 * Two classes of images, or Gaussian noise under their labels, and the s-validation sets.
 *
 * <p>Pixels are in 0 to 1. Gaussian pixels are independent with mean 0 and variance 1, or with
 * those of the images in 0 to 1. Validation examples are those of the data set, where inputs are
 * noise further noise under the labels of further training images.
 *
 * @param sets of the training examples, one a fraction
 */
record Images(ExampleSet training, ExampleSet validation, List<SValidationSet> sets, int[] labels) {
  /** The paper's pullover and coat, and what stands in for them. */
  private static final Map<String, List<Integer>> CLASSES =
      Map.of("fashion-mnist", List.of(2, 4), "mnist", List.of(4, 9), "cifar-10", List.of(3, 5));

  private static final Map<String, String> WORDS =
      Map.of(
          "fashion-mnist", "pullover and coat of Fashion-MNIST, as in the paper",
          "mnist",
              "digits 4 and 9 of MNIST stand in for the paper's pullover and coat of"
                  + " Fashion-MNIST",
          "cifar-10",
              "cat and dog of CIFAR-10 stand in for the paper's pullover and coat of"
                  + " Fashion-MNIST");

  /** Which images these are. */
  static String described(String dataset) {
    return WORDS.getOrDefault(
        dataset, "classes 0 and 1 of %s, which are not the paper's images".formatted(dataset));
  }

  static Images load(
      ExperimentContext context, Settings settings, Inputs inputs, int training, long seed) {
    boolean real = inputs == Inputs.REAL;
    DataSpec spec =
        new DataSpec(
            context.dataset(),
            CLASSES.getOrDefault(context.dataset(), List.of(0, 1)),
            training,
            settings.validation(),
            real ? 0 : settings.validation(),
            1,
            !real && !settings.matchedNoise(),
            false);
    NoiseSpec noise = real ? NoiseSpec.NONE : NoiseSpec.inputs(1, NoiseSpec.Moments.SCALAR);
    RunData data = context.load(spec, noise, seed);
    ExampleSet examples = data.training();
    int[] labels = new int[examples.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = examples.givenLabel(row);
    }
    return new Images(
        examples,
        real ? data.validation() : data.holdout(),
        settings.shuffles().stream()
            .map(shuffle -> new SValidationSet(examples, shuffle, seed))
            .toList(),
        labels);
  }
}
