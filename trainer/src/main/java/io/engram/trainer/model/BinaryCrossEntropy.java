package io.engram.trainer.model;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Binary cross-entropy of sigmoid outputs against a one-hot row, averaged over the outputs, in
 * nats: for logits z and labels y of K outputs, 1/K · Σ (log(1 + exp(z)) - y·z). Its gradient by
 * the logits is (sigmoid(z) - y) / K without clipping, so that an example that is very wrong keeps
 * its gradient, which {@link org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT} takes from it.
 */
public final class BinaryCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1;

  /** For reading a saved configuration, too. */
  public BinaryCrossEntropy() {}

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, logits, activation, mask).sumNumber().doubleValue();
    return average ? sum / logits.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    requireNoMask(mask);
    INDArray softplus =
        Transforms.log(Transforms.exp(Transforms.abs(logits).negi(), false).addi(1));
    softplus.addi(Transforms.max(logits, 0)).subi(labels.mul(logits));
    return softplus.mean(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
    requireNoMask(mask);
    return Nd4j.nn().sigmoid(logits).subi(labels).divi(logits.size(1));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, logits, activation, mask, average),
        computeGradient(labels, logits, activation, mask));
  }

  @Override
  public String name() {
    return "binary cross-entropy";
  }

  private static void requireNoMask(INDArray mask) {
    if (mask != null) {
      throw new IllegalArgumentException("binary cross-entropy takes no mask");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryCrossEntropy;
  }

  @Override
  public int hashCode() {
    return BinaryCrossEntropy.class.hashCode();
  }
}
