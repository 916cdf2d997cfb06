package io.engram.collector.aggregate;

import java.util.List;

/**
 * Norms of the latest step, and their distribution over all steps.
 *
 * @param gradientNorm L2 norm of the mini-batch gradient over all layers; NaN before the first step
 * @param parameterNorm L2 norm of all parameters before the latest update; NaN before the first
 * @param layers the layers that have parameters, from input to output
 * @param exampleGradientNorms L2 norms of single examples' gradients, over all presentations
 */
public record GradientsSnapshot(
    double gradientNorm,
    double parameterNorm,
    List<LayerSnapshot> layers,
    HistogramCounts exampleGradientNorms) {
  public GradientsSnapshot {
    layers = List.copyOf(layers);
  }
}
