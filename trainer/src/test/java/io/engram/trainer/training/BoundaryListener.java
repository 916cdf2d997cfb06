package io.engram.trainer.training;

import java.util.function.Consumer;

/** Sees the boundaries alone. */
record BoundaryListener(Consumer<TrainingState> consumer) implements LoopListener {
  @Override
  public void beforeStep(TrainingState state, int[] rows) {}

  @Override
  public void atBoundary(TrainingState state) {
    consumer.accept(state);
  }

  @Override
  public boolean settle() {
    return false;
  }

  @Override
  public void close() {}
}
