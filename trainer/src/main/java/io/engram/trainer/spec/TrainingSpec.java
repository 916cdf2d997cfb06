package io.engram.trainer.spec;

/**
 * How long and in what portions a run trains.
 *
 * @param epochs passes over the training set
 * @param batch examples of a step, at most the training set
 * @param seed fixes initial weights, order of examples, noise and dropout
 * @param threads threads of the linear algebra; 1 makes a run reproducible bit for bit
 */
public record TrainingSpec(int epochs, int batch, long seed, int threads) {
  public TrainingSpec {
    Settings.atLeast("epochs", epochs, 1);
    Settings.atLeast("batch", batch, 1);
    Settings.atLeast("threads", threads, 1);
  }
}
