package io.engram.trainer.training;

import io.engram.events.RunStarted;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import java.nio.file.Path;

/**
 * A run from its first evaluation to its last: epoch 0 evaluated, then for every epoch its steps
 * and an evaluation. Works in units, so that whoever drives it can listen between them.
 *
 * <p>Emits {@link RunStarted}, the examples' labels and then what happens. A loss that becomes NaN
 * or infinite ends nothing; the numbers say so.
 *
 * <p>Not safe for threads: made, used and closed on one thread.
 */
public final class TrainingLoop implements AutoCloseable {
  private TrainingLoop() {}

  /**
   * Builds the network, and emits the header of the run and the labels of its examples.
   *
   * @throws io.engram.trainer.spec.InvalidSettingException if the network does not fit the data
   */
  public static TrainingLoop start(RunSpec spec, RunData data, EventSink sink) {
    throw new UnsupportedOperationException();
  }

  /**
   * Continues a run from a checkpoint, as if it had never stopped.
   *
   * @throws CheckpointException if the file is damaged, or of another run, network or data set
   */
  public static TrainingLoop resume(RunSpec spec, RunData data, EventSink sink, Path checkpoint) {
    throw new UnsupportedOperationException();
  }

  /** The header that was emitted first. */
  public RunStarted header() {
    throw new UnsupportedOperationException();
  }

  /**
   * Does the next unit of work (an evaluation or one step) and emits what it showed.
   *
   * @return whether there was one: false once all epochs are done
   */
  public boolean advance() {
    throw new UnsupportedOperationException();
  }

  /** Epochs completed. */
  public int epoch() {
    throw new UnsupportedOperationException();
  }

  /** Updates completed. */
  public long step() {
    throw new UnsupportedOperationException();
  }

  /** Steps of an epoch; the last of them may have fewer examples. */
  public int stepsPerEpoch() {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes all that {@link #resume} needs to a file, in one piece or not at all, and emits {@link
   * io.engram.events.CheckpointSaved}.
   *
   * @throws CheckpointException if it cannot be written
   */
  public void saveCheckpoint(Path file) {
    throw new UnsupportedOperationException();
  }

  /** Frees the memory of the network. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
