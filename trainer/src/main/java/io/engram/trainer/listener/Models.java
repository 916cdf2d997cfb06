package io.engram.trainer.listener;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What the two kinds of network have in common, and have no common name for. */
final class Models {
  private Models() {}

  static Layer[] layers(Model model) {
    if (model instanceof MultiLayerNetwork network) {
      return network.getLayers();
    }
    return model instanceof ComputationGraph graph ? graph.getLayers() : new Layer[0];
  }

  /** Updates that the network has had. */
  static int iteration(Model model) {
    if (model instanceof MultiLayerNetwork network) {
      return network.getLayerWiseConfigurations().getIterationCount();
    }
    return model instanceof ComputationGraph graph
        ? graph.getConfiguration().getIterationCount()
        : 0;
  }

  /** Of the first layer that has one, or NaN. */
  static double learningRate(Model model) {
    for (Layer layer : layers(model)) {
      if (layer.conf().getLayer() instanceof BaseLayer base && base.getIUpdater() != null) {
        double rate = base.getIUpdater().getLearningRate(iteration(model), 0);
        if (!Double.isNaN(rate)) {
          return rate;
        }
      }
    }
    return Double.NaN;
  }

  static String optimizer(Model model) {
    for (Layer layer : layers(model)) {
      if (layer.conf().getLayer() instanceof BaseLayer base && base.getIUpdater() != null) {
        return base.getIUpdater().getClass().getSimpleName();
      }
    }
    return "";
  }

  static String name(Model model) {
    return model.getClass().getSimpleName() + " of " + layers(model).length + " layers";
  }
}
