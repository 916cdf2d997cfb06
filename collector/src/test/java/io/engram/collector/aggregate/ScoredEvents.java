package io.engram.collector.aggregate;

import io.engram.events.FeatureSource;
import io.engram.events.NullScores;
import io.engram.events.SValidationScored;
import java.util.Arrays;
import java.util.List;

/** Scores of two sets of 2,000 examples, half of them of the most common class. */
public final class ScoredEvents {
  public static final String FOREST = "random-forest-v1 trees=100 mtry=sqrt nodesize=1";
  public static final int EXAMPLES = 2_000;

  private ScoredEvents() {}

  /** The null is spread around its centre by up to 10 counts. */
  public static NullScores scores(int observed, int centre, int... repeats) {
    int[] permuted = new int[40];
    Arrays.setAll(permuted, b -> centre - 10 + b % 21);
    return new NullScores(observed, repeats, permuted);
  }

  public static SValidationScored fast(FeatureSource source, NullScores five, NullScores all) {
    return of(source, FOREST, "FAST", five, all);
  }

  public static SValidationScored of(
      FeatureSource source, String classifier, String profile, NullScores five, NullScores all) {
    return new SValidationScored(
        source,
        classifier,
        profile,
        EXAMPLES,
        EXAMPLES / 2,
        false,
        List.of(
            new SValidationScored.PerturbedSet("0.05", five),
            new SValidationScored.PerturbedSet("1", all)),
        1_000,
        975,
        new SValidationScored.Features(16, 3, 1_999, 0.25),
        1.5);
  }
}
