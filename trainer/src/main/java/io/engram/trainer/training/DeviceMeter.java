package io.engram.trainer.training;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Measures with ND4J's operations alone, wherever the arrays lie: everything goes into one array
 * beside them, which is read once a step. 32-bit throughout.
 */
final class DeviceMeter implements Meter {
  private static final int INPUT_ROWS = 2;

  private final TrainedLayers layers;
  private final ByProducts byProducts;
  private final INDArray all;
  private final INDArray rows;
  private final INDArray norms;

  DeviceMeter(TrainedLayers layers, ByProducts byProducts) {
    this.layers = layers;
    this.byProducts = byProducts;
    int classes = byProducts.logits.length / byProducts.examples;
    long perExample = INPUT_ROWS + 2L * layers.size() + classes;
    long scalars = (long) Norm.values().length * layers.size();
    all = Nd4j.zeros(DataType.FLOAT, perExample * byProducts.examples + scalars);
    rows =
        all.get(NDArrayIndex.interval(0, perExample * byProducts.examples))
            .reshape('c', perExample, byProducts.examples);
    norms = all.get(NDArrayIndex.interval(perExample * byProducts.examples, all.length()));
  }

  @Override
  public void dense(int layer, INDArray input, INDArray delta) {
    store(row(INPUT_ROWS + 2L * layer), () -> input.norm2(1));
    store(row(INPUT_ROWS + 2L * layer + 1), () -> delta.norm2(1));
  }

  @Override
  public void logits(INDArray logits) {
    long first = INPUT_ROWS + 2L * layers.size();
    rows.get(NDArrayIndex.interval(first, first + logits.size(1)), NDArrayIndex.all())
        .assign(logits.transpose());
  }

  @Override
  public void inputGradient(INDArray gradient) {
    int[] rest = IntStream.range(1, gradient.rank()).toArray();
    store(row(0), () -> gradient.norm1(rest));
    store(row(1), () -> gradient.norm2(rest));
  }

  @Override
  public void flat(Norm norm, INDArray flat) {
    INDArray vector = flat.reshape(flat.length());
    for (int l = 0; l < layers.size(); l++) {
      TrainedLayer layer = layers.get(l);
      long at = (long) norm.ordinal() * layers.size() + l;
      INDArray part = vector.get(NDArrayIndex.interval(layer.offset(), layer.end()));
      store(norms.get(NDArrayIndex.interval(at, at + 1)), part::norm2);
    }
  }

  private INDArray row(long row) {
    return rows.get(NDArrayIndex.point(row), NDArrayIndex.all());
  }

  private static void store(INDArray into, Supplier<INDArray> measure) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray measured = measure.get()) {
      into.assign(measured);
    }
  }

  @Override
  public ByProducts byProducts() {
    float[] values = all.toFloatVector();
    int examples = byProducts.examples;
    for (int i = 0; i < examples; i++) {
      byProducts.inputGradientL1[i] = values[i];
      byProducts.inputGradientSquares[i] = square(values[examples + i]);
      for (int l = 0; l < layers.size(); l++) {
        int row = INPUT_ROWS + 2 * l;
        byProducts.inputSquares[l][i] = square(values[row * examples + i]);
        byProducts.deltaSquares[l][i] = square(values[(row + 1) * examples + i]);
      }
      int classes = byProducts.logits.length / examples;
      for (int k = 0; k < classes; k++) {
        int row = INPUT_ROWS + 2 * layers.size() + k;
        byProducts.logits[i * classes + k] = values[row * examples + i];
      }
    }
    int from = values.length - Norm.values().length * layers.size();
    for (int l = 0; l < layers.size(); l++) {
      byProducts.gradientNorms[l] = values[from + l];
      byProducts.updateNorms[l] = values[from + layers.size() + l];
      byProducts.parameterNorms[l] = values[from + 2 * layers.size() + l];
    }
    return byProducts;
  }

  private static double square(double value) {
    return value * value;
  }

  @Override
  public void close() {
    all.close();
  }
}
