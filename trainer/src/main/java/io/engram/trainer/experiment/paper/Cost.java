package io.engram.trainer.experiment.paper;

import io.engram.trainer.spec.AdversarialSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.Schedule;
import java.util.Arrays;

/**
 * How much work a run is next to another of its study, in multiply-adds; how long that takes is
 * measured.
 */
final class Cost {
  private static final int WHOLE = 50_000;
  private static final int PASSES = 3;
  private static final double CONVOLUTIONAL = 5e6;
  private static final double PER_STEP = 2e6;

  private Cost() {}

  static double of(RunSpec spec) {
    return steps(spec) + beside(spec);
  }

  /** The whole over the steps alone: evaluations and searches come on top. */
  static double besideSteps(RunSpec spec) {
    return of(spec) / steps(spec);
  }

  private static double steps(RunSpec spec) {
    double examples = examples(spec);
    double epochs = spec.training().epochs();
    return epochs
        * (passes(spec) * examples * weights(spec.network().name())
            + PER_STEP * Math.ceil(examples / spec.training().batch()));
  }

  /** Forward and backward, and for adversarial training the search and both again. */
  private static double passes(RunSpec spec) {
    AdversarialSpec adversarial = spec.regularization().adversarial();
    return adversarial.isOn() ? 2 * PASSES + 2.0 * adversarial.iterations() + 1 : PASSES;
  }

  private static double beside(RunSpec spec) {
    double evaluated = spec.data().validation() == null ? WHOLE : spec.data().validation();
    double epochs = spec.training().epochs();
    return (epochs * (examples(spec) + evaluated) + looks(spec) * searches(spec))
        * weights(spec.network().name());
  }

  private static double examples(RunSpec spec) {
    return spec.data().training() == null ? WHOLE : spec.data().training();
  }

  private static double looks(RunSpec spec) {
    Schedule every = spec.probes().csr().every();
    int looks = 0;
    for (int epoch = 0; epoch <= spec.training().epochs(); epoch++) {
      looks += every.due(epoch, 1) ? 1 : 0;
    }
    return looks;
  }

  private static double searches(RunSpec spec) {
    var csr = spec.probes().csr();
    return (double) PASSES
        * (csr.examples() + csr.trainingExamples())
        * csr.radii().size()
        * csr.iterations();
  }

  private static double weights(String network) {
    if (!network.startsWith("mlp:")) {
      return CONVOLUTIONAL;
    }
    int[] units =
        Arrays.stream(network.substring("mlp:".length()).split("-"))
            .mapToInt(Integer::parseInt)
            .toArray();
    double weights = 0;
    for (int i = 1; i < units.length; i++) {
      weights += (double) units[i - 1] * units[i];
    }
    return weights;
  }
}
