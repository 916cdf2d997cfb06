package io.engram.trainer.training;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Measures arrays of this process's own memory where they lie. */
final class HostMeter implements Meter {
  private final TrainedLayers layers;
  private final ByProducts byProducts;

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
    byRow(
        matrix,
        values -> HostSums.rowSquares(values, byProducts.examples, (int) matrix.size(1), squares));
  }

  @Override
  public void logits(INDArray logits) {
    byRow(logits, values -> values.get(byProducts.logits, 0, byProducts.logits.length));
  }

  @Override
  public void inputGradient(INDArray gradient) {
    int examples = byProducts.examples;
    int size = (int) (gradient.length() / examples);
    byRow(
        gradient,
        values -> {
          HostSums.rowAbsolutes(values, examples, size, byProducts.inputGradientL1);
          HostSums.rowSquares(values, examples, size, byProducts.inputGradientSquares);
        });
  }

  @Override
  public void flat(Norm norm, INDArray flat) {
    FloatPointer values = pointer(flat);
    double[] norms =
        switch (norm) {
          case GRADIENT -> byProducts.gradientNorms;
          case UPDATE -> byProducts.updateNorms;
          case PARAMETERS -> byProducts.parameterNorms;
        };
    for (int l = 0; l < layers.size(); l++) {
      TrainedLayer layer = layers.get(l);
      norms[l] = Math.sqrt(HostSums.squares(values, layer.offset(), layer.parameters()));
    }
  }

  @Override
  public ByProducts byProducts() {
    return byProducts;
  }

  @Override
  public void close() {}

  /** Shows an array row by row, whatever its strides. */
  private static void byRow(INDArray array, Consumer<FloatPointer> values) {
    if (isRowMajor(array)) {
      values.accept(pointer(array));
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray ordered = array.dup('c')) {
      values.accept(pointer(ordered));
    }
  }

  private static FloatPointer pointer(INDArray array) {
    return (FloatPointer) array.data().addressPointer();
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
}
