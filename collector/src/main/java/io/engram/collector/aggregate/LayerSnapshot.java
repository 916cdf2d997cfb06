package io.engram.collector.aggregate;

/**
 * Norms of one layer.
 *
 * @param layer its name, unique in the run
 * @param gradientNorm L2 norm of the latest mini-batch gradient, without regularization
 * @param updateNorm L2 norm of the latest change of its parameters
 * @param parameterNorm L2 norm of its parameters before that change
 * @param gradientNorms the gradient norms of all steps
 */
public record LayerSnapshot(
    String layer,
    double gradientNorm,
    double updateNorm,
    double parameterNorm,
    HistogramCounts gradientNorms) {

  /** Update norm divided by parameter norm. */
  public double updateRatio() {
    return updateNorm / parameterNorm;
  }
}
