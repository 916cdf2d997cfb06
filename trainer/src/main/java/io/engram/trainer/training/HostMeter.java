package io.engram.trainer.training;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures arrays of this process's own memory: copies them in bulk and sums in Java, which costs a
 * fraction of ND4J's reductions on the CPU.
 */
final class HostMeter implements Meter {
  private static final int CHUNK = 16_384;

  private final TrainedLayers layers;
  private final ByProducts byProducts;
  private float[] buffer = new float[CHUNK];

  HostMeter(TrainedLayers layers, ByProducts byProducts) {
    this.layers = layers;
    this.byProducts = byProducts;
  }

  @Override
  public void dense(int layer, INDArray input, INDArray delta) {
    rowSquares(input, byProducts.inputSquares[layer]);
    rowSquares(delta, byProducts.deltaSquares[layer]);
  }

  private void rowSquares(INDArray matrix, double[] squares) {
    int rows = (int) matrix.size(0);
    int columns = (int) matrix.size(1);
    if (matrix.stride(0) == 1 && matrix.stride(1) == rows) {
      pull(matrix);
      Sums.rowSquaresByColumn(buffer, rows, columns, squares);
    } else {
      pullByRow(matrix);
      Sums.rowSquares(buffer, rows, columns, squares);
    }
  }

  @Override
  public void logits(INDArray logits) {
    pullByRow(logits);
    System.arraycopy(buffer, 0, byProducts.logits, 0, byProducts.logits.length);
  }

  @Override
  public void inputGradient(INDArray gradient) {
    int examples = byProducts.examples;
    int size = (int) (gradient.length() / examples);
    pullByRow(gradient);
    Sums.rowAbsolutes(buffer, examples, size, byProducts.inputGradientL1);
    Sums.rowSquares(buffer, examples, size, byProducts.inputGradientSquares);
  }

  @Override
  public void flat(Norm norm, INDArray flat) {
    FloatPointer values = (FloatPointer) flat.data().addressPointer();
    double[] norms =
        switch (norm) {
          case GRADIENT -> byProducts.gradientNorms;
          case UPDATE -> byProducts.updateNorms;
          case PARAMETERS -> byProducts.parameterNorms;
        };
    for (int l = 0; l < layers.size(); l++) {
      TrainedLayer layer = layers.get(l);
      double sum = 0;
      for (long from = layer.offset(); from < layer.end(); from += CHUNK) {
        int length = (int) Math.min(CHUNK, layer.end() - from);
        values.position(from).get(buffer, 0, length);
        sum += Sums.squares(buffer, 0, length);
      }
      norms[l] = Math.sqrt(sum);
    }
  }

  @Override
  public void norms(int layer, double gradient, double update, double parameters) {
    byProducts.gradientNorms[layer] = gradient;
    byProducts.updateNorms[layer] = update;
    byProducts.parameterNorms[layer] = parameters;
  }

  @Override
  public ByProducts byProducts() {
    return byProducts;
  }

  @Override
  public void close() {
    buffer = new float[0];
  }

  /** Copies an array into the buffer row by row, whatever its strides. */
  private void pullByRow(INDArray array) {
    if (isRowMajor(array)) {
      pull(array);
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray ordered = array.dup('c')) {
      pull(ordered);
    }
  }

  private static boolean isRowMajor(INDArray array) {
    long stride = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) > 1 && array.stride(d) != stride) {
        return false;
      }
      stride *= array.size(d);
    }
    return true;
  }

  private void pull(INDArray array) {
    int length = Math.toIntExact(array.length());
    if (buffer.length < length) {
      buffer = new float[length];
    }
    ((FloatPointer) array.data().addressPointer()).get(buffer, 0, length);
  }
}
