package io.engram.collector;

import io.engram.events.FeatureSource;
import io.engram.events.NullScores;
import io.engram.events.SValidationScored;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of s-validation in a made-up run: what the set 0.05 shows the untrained network shows
 * already, what 0.1 shows is trained, and 1 shows nothing. The last two checkpoints are scored by a
 * larger forest too, without controls.
 */
final class SyntheticScores {
  private static final int EXAMPLES = 2_000;

  private SyntheticScores() {}

  static List<TrainingEvent> at(double epoch) {
    double trained = 1 - Math.exp(-epoch / 8);
    List<TrainingEvent> events = new ArrayList<>();
    if (epoch == 0) {
      events.add(
          scored(
              FeatureSource.PIXELS,
              100,
              "FAST",
              0.94,
              set("0.05", 0.93, 0.8),
              set("0.1", 0.5, 0.5),
              set("1", 0.5, 0.5)));
    }
    SValidationScored.PerturbedSet[] sets = {
      set("0.05", 0.7 + 0.2 * trained, 0.6 + 0.12 * trained),
      set("0.1", 0.5 + 0.3 * trained, 0.5 + 0.1 * trained),
      set("1", 0.503, 0.5)
    };
    double validation = 0.8 + 0.15 * trained;
    events.add(scored(FeatureSource.NETWORK, 100, "FAST", validation, sets));
    if (epoch >= 20) {
      events.add(scored(FeatureSource.NETWORK, 500, "PAPER", validation, sets));
    }
    return events;
  }

  private static SValidationScored.PerturbedSet set(String name, double observed, double centre) {
    int[] permuted = new int[40];
    Arrays.setAll(permuted, b -> count(centre) - 20 + b * 17 % 41);
    int right = count(observed);
    int[] repeats = {right - 4, right + 5};
    return new SValidationScored.PerturbedSet(name, new NullScores(right, repeats, permuted));
  }

  private static int count(double share) {
    return (int) Math.round(EXAMPLES * share);
  }

  private static SValidationScored scored(
      FeatureSource source,
      int trees,
      String profile,
      double validation,
      SValidationScored.PerturbedSet... sets) {
    return new SValidationScored(
        source,
        "random-forest-v1 trees=" + trees + " mtry=sqrt nodesize=1",
        profile,
        EXAMPLES,
        EXAMPLES / 2,
        profile.equals("PAPER"),
        List.of(sets),
        1_000,
        (int) Math.round(1_000 * validation),
        new SValidationScored.Features(16, 3, 1_999, 0.25),
        1.5);
  }
}
