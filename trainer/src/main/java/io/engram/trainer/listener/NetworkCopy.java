package io.engram.trainer.listener;

import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.PredictionsMonitored;
import io.engram.events.Split;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A copy of a network to ask in evaluation mode, so that the one that is trained is left alone. */
final class NetworkCopy {
  private static final int ROWS = 256;

  private final Model copy;
  private final UnaryOperator<INDArray> output;

  private NetworkCopy(Model copy, UnaryOperator<INDArray> output) {
    this.copy = copy;
    this.output = output;
  }

  /**
   * @throws IllegalArgumentException if it is neither of the two kinds of network
   */
  static NetworkCopy of(Model model) {
    if (model instanceof MultiLayerNetwork network) {
      MultiLayerNetwork copy = new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
      copy.init(network.params().dup(), false);
      return new NetworkCopy(copy, features -> copy.output(features, false));
    }
    if (model instanceof ComputationGraph graph && graph.getNumInputArrays() == 1) {
      ComputationGraph copy = new ComputationGraph(graph.getConfiguration().clone());
      copy.init(graph.params().dup(), false);
      return new NetworkCopy(copy, features -> copy.output(false, features)[0]);
    }
    throw new IllegalArgumentException(
        "monitored examples need a MultiLayerNetwork, or a ComputationGraph with one input, not "
            + model.getClass().getName());
  }

  /** Takes over the parameters of now. */
  void update(Model model) {
    copy.params().assign(model.params());
  }

  Evaluation evaluate(Monitored examples) {
    int correct = 0;
    double lossSum = 0;
    for (int from = 0; from < examples.size(); from += ROWS) {
      double[][] said = output(examples, from);
      for (int i = 0; i < said.length; i++) {
        int given = examples.labels()[from + i];
        correct += StepOutcome.argmax(said[i]) == given ? 1 : 0;
        lossSum -= Math.log(said[i][given]);
      }
    }
    return new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, examples.size(), correct, lossSum);
  }

  PredictionsMonitored predictions(Monitored examples, boolean completesLook) {
    Looked looked = null;
    for (int from = 0; from < examples.size(); from += ROWS) {
      double[][] said = output(examples, from);
      if (looked == null) {
        looked = new Looked(examples, said[0].length);
      }
      for (int i = 0; i < said.length; i++) {
        looked.add(from + i, said[i]);
      }
    }
    if (looked == null) {
      throw new IllegalStateException("there are no examples");
    }
    return looked.said(completesLook);
  }

  private double[][] output(Monitored examples, int from) {
    int to = Math.min(examples.size(), from + ROWS);
    INDArray rows = examples.features().get(NDArrayIndex.interval(from, to)).dup();
    return output.apply(rows).castTo(DataType.DOUBLE).toDoubleMatrix();
  }
}
