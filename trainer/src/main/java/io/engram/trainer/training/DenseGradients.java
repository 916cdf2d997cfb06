package io.engram.trainer.training;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.engram.trainer.training.TrainedLayers.TrainedLayer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
 * the last bit. The gradient by the inputs, which no parameter depends on, is laid out for summing
 * it.
 */
final class DenseGradients implements Gradients {
  private final Dense[] layers;
  private final IActivation outputActivation;
  private final boolean sigmoid;
  private final VectorSquares squares = new VectorSquares();
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
    ByProducts into = meter.byProducts();
    Buffers memory = buffers.computeIfAbsent(batch.size(), Buffers::new);
    memory.inputs.put(batch.inputs(), 0, batch.inputs().length);
    for (int i = 0; i < batch.size(); i++) {
      into.inputSquares[0][i] =
          squares.sum(batch.inputs(), i * layers[0].inputs(), layers[0].inputs());
    }
    for (int l = 0; l < layers.length; l++) {
      forward(l, memory, into);
    }
    for (int l = layers.length - 1; l >= 0; l--) {
      backward(l, memory, batch.labels(), into);
    }
  }

  private void forward(int l, Buffers memory, ByProducts into) {
    Dense layer = layers[l];
    int examples = memory.examples;
    int units = layer.units();
    cblas_sgemm(
        CblasColMajor,
        CblasTrans,
        CblasNoTrans,
        examples,
        units,
        layer.inputs(),
        1,
        memory.input(l),
        layer.inputs(),
        layer.weights(),
        layer.inputs(),
        0,
        memory.scratch,
        examples);
    float[] columns = memory.columns;
    memory.scratch.get(columns, 0, examples * units);
    float[] biases = memory.biases;
    layer.biases().get(biases, 0, units);
    if (l == layers.length - 1) {
      Columns.addBiases(columns, examples, units, biases);
      Columns.transpose(columns, examples, units, into.logits);
    } else {
      Columns.addBiasesAndRectify(columns, examples, units, biases);
      Columns.rowSquares(columns, examples, units, memory.lanes, into.inputSquares[l + 1]);
      Columns.transpose(columns, examples, units, memory.activations[l]);
      memory.outputs[l].put(memory.activations[l], 0, examples * units);
    }
  }

  private void backward(int l, Buffers memory, int[] labels, ByProducts into) {
    Dense layer = layers[l];
    int examples = memory.examples;
    int units = layer.units();
    int length = examples * units;
    float[] delta = memory.columns;
    if (l == layers.length - 1) {
      outputDelta(memory, labels, into.logits, delta);
    } else {
      memory.scratch.get(delta, 0, length);
      Rows.maskWhereZero(delta, memory.activations[l], length);
    }
    Sums.rowSquares(delta, examples, units, into.deltaSquares[l]);
    Rows.columnSums(delta, examples, units, memory.biases);
    layer.biasGradient().put(memory.biases, 0, units);
    memory.delta.put(delta, 0, length);
    cblas_sgemm(
        CblasColMajor,
        CblasNoTrans,
        CblasTrans,
        layer.inputs(),
        units,
        examples,
        1,
        memory.input(l),
        layer.inputs(),
        memory.delta,
        units,
        0,
        layer.weightGradient(),
        layer.inputs());
    if (l > 0) {
      cblas_sgemm(
          CblasColMajor,
          CblasNoTrans,
          CblasNoTrans,
          layer.inputs(),
          examples,
          units,
          1,
          layer.weights(),
          layer.inputs(),
          memory.delta,
          units,
          0,
          memory.scratch,
          layer.inputs());
    } else {
      inputGradient(memory, into);
    }
  }

  private void inputGradient(Buffers memory, ByProducts into) {
    Dense first = layers[0];
    int examples = memory.examples;
    cblas_sgemm(
        CblasColMajor,
        CblasTrans,
        CblasTrans,
        examples,
        first.inputs(),
        first.units(),
        1,
        memory.delta,
        first.units(),
        first.weights(),
        first.inputs(),
        0,
        memory.scratch,
        examples);
    memory.scratch.get(memory.columns, 0, examples * first.inputs());
    Columns.rowAbsolutes(
        memory.columns, examples, first.inputs(), memory.lanes, into.inputGradientL1);
    Columns.rowSquares(
        memory.columns, examples, first.inputs(), memory.lanes, into.inputGradientSquares);
  }

  /** (p - y) for the softmax, (p - y) / classes for sigmoids. */
  private void outputDelta(Buffers memory, int[] labels, float[] logits, float[] delta) {
    FloatPointer values = (FloatPointer) memory.probabilities.data().addressPointer();
    values.put(logits, 0, logits.length);
    outputActivation.getActivation(memory.probabilities, true);
    values.get(delta, 0, logits.length);
    int classes = logits.length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      delta[i * classes + labels[i]] -= 1;
    }
    if (sigmoid) {
      for (int i = 0; i < logits.length; i++) {
        delta[i] /= classes;
      }
    }
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

    /** Outputs of the hidden layers, row by row; {@link #activations} holds the same. */
    final FloatPointer[] outputs = new FloatPointer[layers.length - 1];

    final float[][] activations = new float[layers.length - 1][];
    final FloatPointer delta;
    final FloatPointer scratch;
    final float[] columns;
    final float[] biases;
    final float[] lanes;
    final INDArray probabilities;

    Buffers(int examples) {
      this.examples = examples;
      int widest = layers[0].inputs();
      for (int l = 0; l < layers.length; l++) {
        widest = Math.max(widest, layers[l].units());
        if (l < outputs.length) {
          outputs[l] = new FloatPointer((long) examples * layers[l].units());
          activations[l] = new float[examples * layers[l].units()];
        }
      }
      inputs = new FloatPointer((long) examples * layers[0].inputs());
      delta = new FloatPointer((long) examples * widest);
      scratch = new FloatPointer((long) examples * widest);
      columns = new float[Math.multiplyExact(examples, widest)];
      biases = new float[widest];
      lanes = new float[examples];
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
