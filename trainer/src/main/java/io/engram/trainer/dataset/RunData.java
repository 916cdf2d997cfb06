package io.engram.trainer.dataset;

import io.engram.events.RunStarted;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The examples of a run, ready to train on. No example is in two sets, but for {@code trained}.
 *
 * @param training with the noise that was asked for
 * @param validation clean; empty where every training example has a class of its own, since no
 *     label of another example could be right then
 * @param holdout never trained on, prepared like the training examples, noise included
 * @param canaries trained on with given labels that are known to be wrong; their true labels are
 *     those that the data gives, its label noise included
 * @param ghosts made like canaries, never trained on
 * @param trained what an epoch goes through: the training examples and, after the last row of them,
 *     the canaries
 * @param standardization what was applied to every input
 * @param describedDataset the data set's part of the run header
 * @param describedNoise the noise's part of the run header
 * @param origin one line that says where the data came from and how much there was
 */
public record RunData(
    ExampleSet training,
    ExampleSet validation,
    ExampleSet holdout,
    ExampleSet canaries,
    ExampleSet ghosts,
    ExampleSet trained,
    Standardization standardization,
    RunStarted.Dataset describedDataset,
    RunStarted.Noise describedNoise,
    String origin) {

  /** {@link ExampleSet#pixels} of the example with an id, whatever it is for. */
  public Optional<byte[]> pixels(int id) {
    return Stream.of(training, validation, holdout, canaries, ghosts)
        .filter(set -> set.row(id) >= 0)
        .findFirst()
        .map(set -> set.pixels(set.row(id)));
  }
}
