package io.engram.trainer.scoring;

import io.engram.events.NullScores;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tasks and scores of random shapes and values. */
final class ScoringTasks {
  private ScoringTasks() {}

  static ScoringTask of(long seed) {
    Random random = new Random(seed);
    List<Features> sets = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      sets.add(features(random));
    }
    @Nullable Features validation = random.nextBoolean() ? features(random) : null;
    List<NullProfile> profiles = List.of(NullProfile.PAPER, NullProfile.FAST, NullProfile.SKETCH);
    return new ScoringTask(
        features(random),
        sets,
        ints(random),
        validation,
        ints(random),
        random.nextInt(),
        profiles.get(random.nextInt(profiles.size())),
        random.nextLong());
  }

  static Scores scores(long seed) {
    Random random = new Random(seed);
    List<NullScores> sets = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      sets.add(new NullScores(random.nextInt(), ints(random), ints(random)));
    }
    return new Scores(
        new NullResult(
            "forest ü" + random.nextInt(),
            "FAST",
            random.nextInt(),
            random.nextInt(),
            random.nextBoolean(),
            sets),
        random.nextInt());
  }

  private static Features features(Random random) {
    int rows = 1 + random.nextInt(9);
    int columns = 1 + random.nextInt(5);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features(rows, columns, values);
  }

  private static int[] ints(Random random) {
    return random.ints(random.nextInt(10)).toArray();
  }
}
