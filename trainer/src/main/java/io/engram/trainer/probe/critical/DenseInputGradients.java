package io.engram.trainer.probe.critical;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * ReLU layers on the CPU: one matrix product a layer and pass, and one walk over its result in
 * pieces that stay in the cache. Examples lie row by row throughout, so nothing is transposed.
 */
final class DenseInputGradients implements InputGradients {
  private static final int PIECE = 4_096;

  /** Weights of which a few examples at a time would mostly be waited for. */
  private static final long MANY_WEIGHTS = 1 << 20;

  private final int[] sizes;
  private final int batch;
  private final FloatPointer parameters;
  private final FloatPointer inputs;

  /** Outputs of the hidden layers. */
  private final FloatPointer[] outputs;

  private final FloatPointer delta;
  private final FloatPointer nextDelta;
  private final float[] values;
  private final int[] bits;
  private final int[] gates;
  private final float[] biases;
  private final float[] logits;
  private final float[] deltas;

  /**
   * @param sizes of the layers, inputs first, classes last; their parameters lie one after the
   *     other, each layer's weights by column and then its biases
   */
  DenseInputGradients(int... sizes) {
    this.sizes = sizes.clone();
    long length = 0;
    int widest = sizes[0];
    for (int l = 1; l < sizes.length; l++) {
      length += (sizes[l - 1] + 1L) * sizes[l];
      widest = Math.max(widest, sizes[l]);
    }
    batch = length < MANY_WEIGHTS ? 256 : 1_024;
    parameters = new FloatPointer(length);
    inputs = new FloatPointer((long) batch * sizes[0]);
    outputs = new FloatPointer[sizes.length - 2];
    for (int l = 0; l < outputs.length; l++) {
      outputs[l] = new FloatPointer((long) batch * sizes[l + 1]);
    }
    delta = new FloatPointer((long) batch * widest);
    nextDelta = new FloatPointer((long) batch * widest);
    int piece = Math.max(PIECE, widest);
    values = new float[piece];
    bits = new int[piece];
    gates = new int[piece];
    biases = new float[widest];
    int classes = sizes[sizes.length - 1];
    logits = new float[batch * classes];
    deltas = new float[batch * classes];
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void load(float[] source) {
    parameters.put(source, 0, source.length);
  }

  @Override
  public void compute(float[] from, int examples, int backward, Deltas start, float[] gradients) {
    inputs.put(from, 0, examples * sizes[0]);
    long offset = 0;
    for (int l = 1; l < sizes.length; l++) {
      offset = forward(l, offset, examples);
    }
    start.fill(0, examples, logits, deltas);
    if (backward == 0) {
      return;
    }
    delta.put(deltas, 0, backward * sizes[sizes.length - 1]);
    FloatPointer above = delta;
    FloatPointer below = nextDelta;
    for (int l = sizes.length - 1; l >= 1; l--) {
      offset -= (sizes[l - 1] + 1L) * sizes[l];
      multiply(CblasNoTrans, sizes[l - 1], backward, sizes[l], offset, above, below);
      if (l > 1) {
        mask(below, outputs[l - 2], backward * sizes[l - 1]);
      }
      FloatPointer swapped = above;
      above = below;
      below = swapped;
    }
    above.get(gradients, 0, backward * sizes[0]);
  }

  private long forward(int l, long offset, int examples) {
    int units = sizes[l];
    boolean last = l == sizes.length - 1;
    FloatPointer input = l == 1 ? inputs : outputs[l - 2];
    FloatPointer output = last ? delta : outputs[l - 1];
    multiply(CblasTrans, units, examples, sizes[l - 1], offset, input, output);
    long biasesAt = offset + (long) sizes[l - 1] * units;
    parameters.position(biasesAt).get(biases, 0, units);
    parameters.position(0);
    if (last) {
      output.get(logits, 0, examples * units);
      addBiases(logits, examples, units);
    } else {
      int rows = Math.max(1, PIECE / units);
      for (int row = 0; row < examples; row += rows) {
        int length = Math.min(rows, examples - row) * units;
        output.position((long) row * units).get(values, 0, length);
        addBiasesAndRectify(length / units, units);
        output.put(values, 0, length);
      }
      output.position(0);
    }
    return biasesAt + units;
  }

  private void addBiases(float[] matrix, int rows, int units) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < units; j++) {
        matrix[i * units + j] += biases[j];
      }
    }
  }

  /** Half of value and size together: exact, and faster than Math.max, which minds NaN and -0. */
  private void addBiasesAndRectify(int rows, int units) {
    for (int i = 0; i < rows; i++) {
      int from = i * units;
      for (int j = 0; j < units; j++) {
        float value = values[from + j] + biases[j];
        values[from + j] = 0.5f * (value + Math.abs(value));
      }
    }
  }

  /** No branch: as a whole number the bits of an output, which is never negative, are above 0. */
  private void mask(FloatPointer matrix, FloatPointer outputsThere, int length) {
    IntPointer masked = new IntPointer(matrix);
    IntPointer gate = new IntPointer(outputsThere);
    for (int from = 0; from < length; from += PIECE) {
      int piece = Math.min(PIECE, length - from);
      masked.position(from).get(bits, 0, piece);
      gate.position(from).get(gates, 0, piece);
      for (int i = 0; i < piece; i++) {
        bits[i] &= -gates[i] >> 31;
      }
      masked.put(bits, 0, piece);
    }
  }

  /** C = op(weights) · B by column, where C has the given rows and columns. */
  private void multiply(
      int transpose,
      int rows,
      int columns,
      int inner,
      long weights,
      FloatPointer b,
      FloatPointer c) {
    cblas_sgemm(
        CblasColMajor,
        transpose,
        CblasNoTrans,
        rows,
        columns,
        inner,
        1,
        parameters.position(weights),
        transpose == CblasTrans ? inner : rows,
        b,
        inner,
        0,
        c,
        rows);
    parameters.position(0);
  }

  @Override
  public void close() {
    parameters.close();
    inputs.close();
    for (FloatPointer output : outputs) {
      output.close();
    }
    delta.close();
    nextDelta.close();
  }
}
