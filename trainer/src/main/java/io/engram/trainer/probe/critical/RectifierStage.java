package io.engram.trainer.probe.critical;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ReLU, in place. */
final class RectifierStage implements Stage {
  private static final int PIECE = 16_384;

  private final float[] values = new float[PIECE];
  private final int[] bits = new int[PIECE];
  private final int[] gates = new int[PIECE];
  private FloatPointer outputs = new FloatPointer();

  @Override
  public INDArray forward(INDArray input, int examples) {
    outputs = Tiles.pointer(input);
    long length = input.length();
    for (long from = 0; from < length; from += PIECE) {
      int piece = (int) Math.min(PIECE, length - from);
      outputs.position(from).get(values, 0, piece);
      for (int i = 0; i < piece; i++) {
        values[i] = Math.max(values[i], 0);
      }
      outputs.put(values, 0, piece);
    }
    outputs.position(0);
    return input;
  }

  @Override
  public INDArray backward(INDArray gradient, int examples) {
    IntPointer masked = new IntPointer(Tiles.pointer(gradient));
    IntPointer gate = new IntPointer(outputs);
    long length = gradient.length();
    for (long from = 0; from < length; from += PIECE) {
      int piece = (int) Math.min(PIECE, length - from);
      masked.position(from).get(bits, 0, piece);
      gate.position(from).get(gates, 0, piece);
      mask(bits, gates, piece);
      masked.put(bits, 0, piece);
    }
    return gradient;
  }

  /**
   * Replaces values by 0 where the gate is 0. Both are the bits of floats, and a gate is never
   * negative: as a whole number it is above 0 where the float is.
   */
  static void mask(int[] values, int[] gates, int length) {
    for (int i = 0; i < length; i++) {
      values[i] &= -gates[i] >> 31;
    }
  }

  @Override
  public void close() {}
}
