package io.engram.trainer.training;

import io.engram.trainer.model.NativeRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One array for each number of examples, filled again for every batch. Fresh arrays would leave
 * gaps in native memory: ND4J frees an array's values when it is closed, but its small descriptor,
 * which may lie behind them, only when Java's collector comes by.
 */
final class InputArrays implements AutoCloseable {
  private final boolean host = NativeRuntime.start().isCpu();
  private final IntFunction<long[]> shape;
  private final Map<Integer, INDArray> arrays = new HashMap<>();

  /**
   * @param shape of so many examples
   */
  InputArrays(IntFunction<long[]> shape) {
    this.shape = shape;
  }

  /**
   * The array with these values; the next call for as many examples fills it anew.
   *
   * @param values row by row, all of the array
   */
  INDArray fill(int examples, float[] values) {
    INDArray array =
        arrays.computeIfAbsent(
            examples, n -> Nd4j.createUninitialized(DataType.FLOAT, shape.apply(n)));
    if (host) {
      ((FloatPointer) array.data().addressPointer()).put(values, 0, values.length);
    } else {
      array.data().setData(values);
    }
    return array;
  }

  @Override
  public void close() {
    arrays.values().forEach(INDArray::close);
    arrays.clear();
  }
}
