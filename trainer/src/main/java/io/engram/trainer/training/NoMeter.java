package io.engram.trainer.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Measures nothing: the instruments are off. */
final class NoMeter implements Meter {
  @Override
  public boolean isOn() {
    return false;
  }

  @Override
  public void dense(int layer, INDArray input, INDArray delta) {}

  @Override
  public void logits(INDArray logits) {}

  @Override
  public void inputGradient(INDArray gradient) {}

  @Override
  public void flat(Norm norm, INDArray flat) {}

  @Override
  public ByProducts byProducts() {
    throw new IllegalStateException("the instruments are off");
  }

  @Override
  public void close() {}
}
