package io.engram.trainer.spec;

import org.jspecify.annotations.Nullable;

/**
 * How long and in what portions a run trains.
 *
 * @param epochs passes over the training set
 * @param batch examples of a step, at most the training set
 * @param seed fixes initial weights, order of examples, noise and dropout
 * @param threads threads of the linear algebra; 1 makes a run reproducible bit for bit
 * @param untilAccuracy accuracy on the training set, as given, that ends the run when an evaluation
 *     reaches it; above 0 and at most 1; null to train all epochs
 */
public record TrainingSpec(
    int epochs, int batch, long seed, int threads, @Nullable Double untilAccuracy) {
  public TrainingSpec {
    Settings.atLeast("epochs", epochs, 1);
    Settings.atLeast("batch", batch, 1);
    Settings.atLeast("threads", threads, 1);
    if (untilAccuracy != null) {
      Settings.positive("until_accuracy", untilAccuracy);
      Settings.share("until_accuracy", untilAccuracy);
    }
  }

  /** All epochs. */
  public TrainingSpec(int epochs, int batch, long seed, int threads) {
    this(epochs, batch, seed, threads, null);
  }
}
