package io.engram.trainer.benchmark;

import io.engram.trainer.training.LoopListener;
import io.engram.trainer.training.TrainingState;
import java.util.function.LongSupplier;

/** A listener with a clock that runs while it is at work. */
final class Timed implements LoopListener {
  private final LoopListener listener;
  private final LongSupplier clock;
  private long nanos;

  Timed(LoopListener listener, LongSupplier clock) {
    this.listener = listener;
    this.clock = clock;
  }

  long nanos() {
    return nanos;
  }

  @Override
  public void beforeStep(TrainingState state, int[] rows) {
    listener.beforeStep(state, rows);
  }

  @Override
  public void atBoundary(TrainingState state) {
    long began = clock.getAsLong();
    listener.atBoundary(state);
    nanos += clock.getAsLong() - began;
  }

  @Override
  public boolean settle() {
    return listener.settle();
  }

  @Override
  public void close() {
    listener.close();
  }
}
