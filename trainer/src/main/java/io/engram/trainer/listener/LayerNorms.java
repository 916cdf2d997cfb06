package io.engram.trainer.listener;

import io.engram.events.GradientNormsMeasured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Norms of gradient, parameters and update, layer by layer. */
final class LayerNorms {
  /** Names of the parameter arrays of each layer. */
  private final Map<String, List<String>> arrays = new LinkedHashMap<>();

  private double[] gradient = {};
  private double[] parameters = {};

  LayerNorms(Model model) {
    for (String array : model.paramTable().keySet()) {
      String layer = array.substring(0, Math.max(0, array.lastIndexOf('_')));
      arrays.computeIfAbsent(layer, name -> new ArrayList<>()).add(array);
    }
  }

  /** Names of the layers that have parameters; those of a network without names are numbers. */
  List<String> layers() {
    return arrays.keySet().stream()
        .map(layer -> layer.matches("\\d+") ? "layer" + layer : layer)
        .toList();
  }

  /** To be called when the gradient, summed over the batch, is there. */
  void beforeUpdate(Model model) {
    double examples = Math.max(1, model.batchSize());
    gradient = norms(model.gradient().gradientForVariable());
    for (int l = 0; l < gradient.length; l++) {
      gradient[l] /= examples;
    }
    parameters = norms(model.paramTable());
  }

  /** To be called when the updater has put the update in the gradient's place. */
  GradientNormsMeasured afterUpdate(Model model) {
    return new GradientNormsMeasured(
        gradient, norms(model.gradient().gradientForVariable()), parameters);
  }

  private double[] norms(Map<String, INDArray> table) {
    double[] norms = new double[arrays.size()];
    int l = 0;
    for (List<String> names : arrays.values()) {
      double squares = 0;
      for (String name : names) {
        INDArray array = table.get(name);
        if (array != null) {
          double norm = array.norm2Number().doubleValue();
          squares += norm * norm;
        }
      }
      norms[l++] = Math.sqrt(squares);
    }
    return norms;
  }
}
