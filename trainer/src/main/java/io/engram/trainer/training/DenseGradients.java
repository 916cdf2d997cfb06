package io.engram.trainer.training;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Forward and backward pass of plain ReLU layers under a softmax or sigmoids on the CPU, into and
 * from the network's own parameter and gradient arrays.
 *
 * <p>Where DeepLearning4J computes every pre-activation twice, copies between layouts and leaves
 * each element-wise step to an operation of its own, this does each matrix product once, into
 * memory of its own, and everything between two products in one pass over Java arrays. The products
 * are the same calls with the same operands, the sums are in the same order: gradients are equal to
 * the last bit.
 */
final class DenseGradients implements Gradients {
  private final Dense[] layers;
  private final IActivation outputActivation;
  private final boolean sigmoid;
  private final Map<Integer, Buffers> buffers = new HashMap<>();

  private record Dense(
      int inputs,
      int units,
      FloatPointer weights,
      FloatPointer biases,
      FloatPointer weightGradient,
      FloatPointer biasGradient) {}

  /**
   * @param network for which {@link DenseNetworks#supports} holds
   */
  DenseGradients(MultiLayerNetwork network, TrainedLayers trained, boolean sigmoid) {
    this.sigmoid = sigmoid;
    layers = new Dense[trained.size()];
    FloatPointer parameters = (FloatPointer) network.params().data().addressPointer();
    FloatPointer gradients = (FloatPointer) network.getGradientsViewArray().data().addressPointer();
    for (int l = 0; l < layers.length; l++) {
      TrainedLayer layer = trained.get(l);
      INDArray weights = network.getLayer(layer.index()).getParam("W");
      long biases = layer.offset() + weights.length();
      layers[l] =
          new Dense(
              (int) weights.size(0),
              (int) weights.size(1),
              parameters.getPointer(layer.offset()),
              parameters.getPointer(biases),
              gradients.getPointer(layer.offset()),
              gradients.getPointer(biases));
    }
    Layer output = network.getOutputLayer();
    outputActivation = ((BaseLayer) output.conf().getLayer()).getActivationFn();
  }

  @Override
  public void compute(Batch batch, Meter meter) {
    Buffers memory = buffers.computeIfAbsent(batch.size(), Buffers::new);
    ByProducts into = meter.isOn() ? meter.byProducts() : null;
    memory.inputs.put(batch.inputs(), 0, batch.inputs().length);
    for (int l = 0; l < layers.length; l++) {
      forward(l, memory, into);
    }
    if (into != null) {
      System.arraycopy(memory.logits, 0, into.logits, 0, memory.logits.length);
    }
    outputDelta(memory, batch.labels());
    for (int l = layers.length - 1; l >= 0; l--) {
      backward(l, memory, into);
    }
  }

  private void forward(int l, Buffers memory, @Nullable ByProducts into) {
    Dense layer = layers[l];
    int examples = memory.examples;
    int inputs = layer.inputs();
    int units = layer.units();
    // Units by column, as DeepLearning4J lays it out.
    multiply(
        CblasTrans,
        CblasNoTrans,
        examples,
        units,
        inputs,
        memory.input(l),
        inputs,
        layer.weights(),
        inputs,
        memory.scratch);
    if (into != null) {
      HostSums.rowSquares(memory.input(l), examples, inputs, into.inputSquares[l]);
    }
    float[] columns = memory.values;
    memory.scratch.get(columns, 0, examples * units);
    layer.biases().get(memory.biases, 0, units);
    if (l == layers.length - 1) {
      Columns.addBiases(columns, examples, units, memory.biases);
      Columns.transpose(columns, examples, units, memory.logits);
    } else {
      Columns.addBiasesAndRectify(columns, examples, units, memory.biases);
      Columns.transpose(columns, examples, units, memory.rows);
      memory.outputs[l].put(memory.rows, 0, examples * units);
    }
  }

  /** Takes the layer's delta from {@code memory.delta} and leaves that of the one before there. */
  private void backward(int l, Buffers memory, @Nullable ByProducts into) {
    Dense layer = layers[l];
    int examples = memory.examples;
    int inputs = layer.inputs();
    int units = layer.units();
    memory.delta.get(memory.rows, 0, examples * units);
    Rows.columnSums(memory.rows, examples, units, memory.biases);
    layer.biasGradient().put(memory.biases, 0, units);
    multiply(
        CblasNoTrans,
        CblasTrans,
        inputs,
        units,
        examples,
        memory.input(l),
        inputs,
        memory.delta,
        units,
        layer.weightGradient());
    if (into != null) {
      HostSums.rowSquares(memory.delta, examples, units, into.deltaSquares[l]);
    }
    if (l > 0 || into != null) {
      // Examples by column, as DeepLearning4J lays it out.
      multiply(
          CblasNoTrans,
          CblasNoTrans,
          inputs,
          examples,
          units,
          layer.weights(),
          inputs,
          memory.delta,
          units,
          memory.scratch);
    }
    if (l > 0) {
      int length = examples * inputs;
      new IntPointer(memory.scratch).get(memory.bits, 0, length);
      new IntPointer(memory.outputs[l - 1]).get(memory.gates, 0, length);
      Rows.maskWhereZero(memory.bits, memory.gates, length);
      new IntPointer(memory.delta).put(memory.bits, 0, length);
    } else if (into != null) {
      HostSums.rowAbsolutes(memory.scratch, examples, inputs, into.inputGradientL1);
      HostSums.rowSquares(memory.scratch, examples, inputs, into.inputGradientSquares);
    }
  }

  /** C = op(A) · op(B), all by column; C is rows × columns and has no gaps. */
  private static void multiply(
      int transposeA,
      int transposeB,
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      int strideA,
      FloatPointer b,
      int strideB,
      FloatPointer c) {
    cblas_sgemm(
        CblasColMajor,
        transposeA,
        transposeB,
        rows,
        columns,
        inner,
        1,
        a,
        strideA,
        b,
        strideB,
        0,
        c,
        rows);
  }

  /** (p - y) for the softmax, (p - y) / classes for sigmoids. */
  private void outputDelta(Buffers memory, int[] labels) {
    int length = memory.logits.length;
    FloatPointer probabilities = (FloatPointer) memory.probabilities.data().addressPointer();
    probabilities.put(memory.logits, 0, length);
    outputActivation.getActivation(memory.probabilities, true);
    float[] delta = memory.rows;
    probabilities.get(delta, 0, length);
    int classes = length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      delta[i * classes + labels[i]] -= 1;
    }
    if (sigmoid) {
      for (int i = 0; i < length; i++) {
        delta[i] /= classes;
      }
    }
    memory.delta.put(delta, 0, length);
  }

  @Override
  public void close() {
    buffers.values().forEach(Buffers::close);
    buffers.clear();
  }

  /** Memory for one batch size; matrices outside the heap where BLAS reads or writes them. */
  private final class Buffers implements AutoCloseable {
    final int examples;
    final FloatPointer inputs;

    /** Outputs of the hidden layers, row by row. */
    final FloatPointer[] outputs = new FloatPointer[layers.length - 1];

    /** Gradients of the examples' losses by a layer's pre-activations, row by row. */
    final FloatPointer delta;

    final FloatPointer scratch;
    final float[] values;
    final float[] rows;
    final int[] bits;
    final int[] gates;
    final float[] biases;
    final float[] logits;
    final INDArray probabilities;

    Buffers(int examples) {
      this.examples = examples;
      int widest = layers[0].inputs();
      for (int l = 0; l < layers.length; l++) {
        widest = Math.max(widest, layers[l].units());
        if (l < outputs.length) {
          outputs[l] = new FloatPointer((long) examples * layers[l].units());
        }
      }
      inputs = new FloatPointer((long) examples * layers[0].inputs());
      delta = new FloatPointer((long) examples * widest);
      scratch = new FloatPointer((long) examples * widest);
      int largest = Math.multiplyExact(examples, widest);
      values = new float[largest];
      rows = new float[largest];
      bits = new int[largest];
      gates = new int[largest];
      biases = new float[widest];
      logits = new float[examples * layers[layers.length - 1].units()];
      probabilities = Nd4j.zeros(examples, layers[layers.length - 1].units());
    }

    FloatPointer input(int layer) {
      return layer == 0 ? inputs : outputs[layer - 1];
    }

    @Override
    public void close() {
      inputs.close();
      for (FloatPointer output : outputs) {
        output.close();
      }
      delta.close();
      scratch.close();
      probabilities.close();
    }
  }
}
