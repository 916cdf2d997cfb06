package io.engram.trainer.listener;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * How a mini-batch's forward pass went.
 *
 * @param classes 0 where that is not known
 * @param correct how many were predicted as labelled
 * @param lossSum sum of the cross-entropy against the labels
 */
record StepOutcome(int classes, int correct, double lossSum) {
  /** The output layer is none of which this could be told. */
  static final StepOutcome UNKNOWN = new StepOutcome(0, 0, Double.NaN);

  boolean isKnown() {
    return classes > 0;
  }

  /**
   * What the output layer makes of the last hidden layer, before its activation; null where it is
   * no dense layer with softmax and cross-entropy.
   *
   * @param hidden activations of the last hidden layer
   */
  static double @Nullable [][] logits(Model model, INDArray hidden) {
    if (!(model instanceof MultiLayerNetwork network)) {
      return null;
    }
    int last = network.getLayers().length - 1;
    InputPreProcessor between = network.getLayerWiseConfigurations().getInputPreProcess(last);
    INDArray input =
        between == null
            ? hidden
            : between.preProcess(
                hidden.dup(), (int) hidden.size(0), LayerWorkspaceMgr.noWorkspaces());
    return logits(network.getOutputLayer(), input);
  }

  /**
   * The same of a graph with one output.
   *
   * @param activations of the hidden layers by name
   */
  static double @Nullable [][] logits(Model model, Map<String, INDArray> activations) {
    if (!(model instanceof ComputationGraph graph) || graph.getNumOutputArrays() != 1) {
      return null;
    }
    ComputationGraphConfiguration described = graph.getConfiguration();
    String output = described.getNetworkOutputs().get(0);
    List<String> inputs = described.getVertexInputs().getOrDefault(output, List.of());
    INDArray input = inputs.size() == 1 ? activations.get(inputs.get(0)) : null;
    return input == null ? null : logits(graph.getOutputLayer(0), input);
  }

  private static double @Nullable [][] logits(Layer output, INDArray input) {
    if (input.rank() != 2
        || !(output.conf().getLayer() instanceof BaseOutputLayer described)
        || !(described.getActivationFn() instanceof ActivationSoftmax)
        || !(described.getLossFn() instanceof LossMCXENT)) {
      return null;
    }
    INDArray weights = output.getParam(DefaultParamInitializer.WEIGHT_KEY);
    INDArray bias = output.getParam(DefaultParamInitializer.BIAS_KEY);
    if (weights == null || weights.rank() != 2 || input.size(1) != weights.size(0)) {
      return null;
    }
    INDArray logits = input.castTo(weights.dataType()).mmul(weights);
    if (bias != null) {
      logits.addiRowVector(bias);
    }
    return logits.castTo(DataType.DOUBLE).toDoubleMatrix();
  }

  /** To be called when the labels are known: after the backward pass. */
  static StepOutcome of(Model model, double @Nullable [][] logits) {
    INDArray labels = null;
    if (model instanceof MultiLayerNetwork network) {
      labels = network.getLabels();
    } else if (model instanceof ComputationGraph graph
        && graph.getOutputLayer(0) instanceof IOutputLayer output) {
      labels = output.getLabels();
    }
    return logits == null
            || labels == null
            || labels.rank() != 2
            || labels.size(0) != logits.length
            || labels.size(1) != logits[0].length
        ? UNKNOWN
        : of(logits, labels.castTo(DataType.DOUBLE).toDoubleMatrix());
  }

  static StepOutcome of(double[][] logits, double[][] labels) {
    int correct = 0;
    double lossSum = 0;
    for (int i = 0; i < logits.length; i++) {
      int given = argmax(labels[i]);
      correct += argmax(logits[i]) == given ? 1 : 0;
      lossSum += logOfSum(logits[i]) - logits[i][given];
    }
    return new StepOutcome(labels.length == 0 ? 0 : labels[0].length, correct, lossSum);
  }

  private static double logOfSum(double[] logits) {
    double most = logits[argmax(logits)];
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  static int argmax(double[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      best = values[k] > values[best] ? k : best;
    }
    return best;
  }
}
