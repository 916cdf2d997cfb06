package io.engram.collector.http;

import java.util.Map;

/** In what the values of a series are, by the beginning of its name. */
final class SeriesUnits {
  private static final String SHARE = "share";
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("step_loss", "nats"),
          Map.entry("step_accuracy", SHARE),
          Map.entry("learning_rate", "1"),
          Map.entry("gradient_norm", "L2 norm"),
          Map.entry("parameter_norm", "L2 norm"),
          Map.entry("update_ratio", "ratio"),
          Map.entry("gradient_effective_rank", "directions"),
          Map.entry("gradient_covariance_trace", "squared L2 norm"),
          Map.entry("prediction_changes", "count"),
          Map.entry("examples_learned", SHARE),
          Map.entry("loss", "nats"),
          Map.entry("accuracy", SHARE),
          Map.entry("csr", SHARE),
          Map.entry("sensitivity_gini", "Gini coefficient"),
          Map.entry("sensitivity_class_dominance", "ratio"),
          Map.entry("sensitivity_class_heterogeneity", "log standard deviation"),
          Map.entry("mislabel_auroc", SHARE),
          Map.entry("agreement", SHARE),
          Map.entry("agreement_mean", SHARE),
          Map.entry("agreement_gap", SHARE),
          Map.entry("confidence", "probability"),
          Map.entry("log_probability", "nats"),
          Map.entry("changed_predictions", SHARE),
          Map.entry("label_rank", "relative rank"),
          Map.entry("label_rank_z", "standard deviations"));

  private SeriesUnits() {}

  /**
   * The unit of a series, {@code 1} where it has none.
   *
   * @throws IllegalArgumentException if no such series is known
   */
  static String of(String series) {
    int end = series.indexOf('/');
    String unit = UNITS.get(end < 0 ? series : series.substring(0, end));
    if (unit == null) {
      throw new IllegalArgumentException("series '" + series + "' has no unit");
    }
    return unit;
  }
}
