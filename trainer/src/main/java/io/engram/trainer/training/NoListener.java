package io.engram.trainer.training;

/** Listens to nothing. */
final class NoListener implements LoopListener {
  @Override
  public void beforeStep(TrainingState state, int[] rows) {}

  @Override
  public void atBoundary(TrainingState state) {}

  @Override
  public boolean settle() {
    return false;
  }

  @Override
  public void close() {}
}
