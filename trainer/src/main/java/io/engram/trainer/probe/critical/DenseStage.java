package io.engram.trainer.probe.critical;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A fully connected layer without its activation. */
final class DenseStage implements Stage {
  private final Weights source;
  private final int inputs;
  private final int units;
  private final FloatPointer weights;
  private final float[] biases;
  private final Tiles results;
  private final Tiles gradients;

  /**
   * @param source weights by column, a column a unit
   * @param inputShape of so many examples
   */
  DenseStage(Weights source, int inputs, int units, IntFunction<long[]> inputShape) {
    this.source = source;
    this.inputs = inputs;
    this.units = units;
    weights = new FloatPointer((long) inputs * units);
    biases = new float[units];
    results = new Tiles(n -> new long[] {n, units});
    gradients = new Tiles(inputShape);
  }

  @Override
  public void load() {
    Weights.Folded folded = source.folded();
    weights.put(folded.weights(), 0, inputs * units);
    System.arraycopy(folded.biases(), 0, biases, 0, units);
  }

  @Override
  public INDArray forward(INDArray input, int examples) {
    INDArray result = results.of(examples);
    FloatPointer values = Tiles.pointer(result);
    float[] repeated = new float[examples * units];
    for (int i = 0; i < examples; i++) {
      System.arraycopy(biases, 0, repeated, i * units, units);
    }
    values.put(repeated, 0, repeated.length);
    cblas_sgemm(
        CblasColMajor,
        CblasTrans,
        CblasNoTrans,
        units,
        examples,
        inputs,
        1,
        weights,
        inputs,
        Tiles.pointer(input),
        inputs,
        1,
        values,
        units);
    return result;
  }

  @Override
  public INDArray backward(INDArray gradient, int examples) {
    INDArray result = gradients.of(examples);
    cblas_sgemm(
        CblasColMajor,
        CblasNoTrans,
        CblasNoTrans,
        inputs,
        examples,
        units,
        1,
        weights,
        inputs,
        Tiles.pointer(gradient),
        units,
        0,
        Tiles.pointer(result),
        inputs);
    return result;
  }

  @Override
  public void close() {
    weights.close();
    results.close();
    gradients.close();
  }
}
