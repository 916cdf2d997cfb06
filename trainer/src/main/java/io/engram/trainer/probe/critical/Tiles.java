package io.engram.trainer.probe.critical;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One array for each number of examples, made when it is first asked for. */
final class Tiles implements AutoCloseable {
  private final IntFunction<long[]> shape;
  private final Map<Integer, INDArray> arrays = new HashMap<>();

  /**
   * @param shape of so many examples
   */
  Tiles(IntFunction<long[]> shape) {
    this.shape = shape;
  }

  INDArray of(int examples) {
    return arrays.computeIfAbsent(
        examples, n -> Nd4j.createUninitialized(DataType.FLOAT, shape.apply(n)));
  }

  /** Its values; at position 0. */
  static FloatPointer pointer(INDArray array) {
    return ((FloatPointer) array.data().addressPointer()).getPointer(array.offset());
  }

  @Override
  public void close() {
    arrays.values().forEach(INDArray::close);
    arrays.clear();
  }
}
