package io.engram.collector.aggregate;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What shallow classifiers scored on a run's features (Chaibub Neto 2018).
 *
 * @param scores scores received, those of the pixels and those done again included
 * @param checkpoints how many of them were of the network
 * @param seconds what all of them took together
 * @param series one for each classifier, in the order in which they first scored
 */
public record SValidationSnapshot(
    long scores, long checkpoints, double seconds, List<SValidationSeriesSnapshot> series) {
  private static final String LIVE = "FAST";

  public SValidationSnapshot {
    series = List.copyOf(series);
  }

  /**
   * The one series that is shown where there is room for one: of those with a checkpoint the first
   * of the profile FAST, else the first that has verdicts, else the first; null if there is none.
   */
  public @Nullable SValidationSeriesSnapshot live() {
    SValidationSeriesSnapshot fast = first(s -> s.profile().equals(LIVE));
    if (fast != null) {
      return fast;
    }
    SValidationSeriesSnapshot judged = first(s -> s.checkpoints().get(0).hasVerdicts());
    return judged != null ? judged : first(s -> true);
  }

  private @Nullable SValidationSeriesSnapshot first(Predicate<SValidationSeriesSnapshot> wanted) {
    return series.stream()
        .filter(s -> !s.checkpoints().isEmpty() && wanted.test(s))
        .findFirst()
        .orElse(null);
  }
}
