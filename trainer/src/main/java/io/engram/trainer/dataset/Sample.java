package io.engram.trainer.dataset;

import io.engram.trainer.spec.InvalidSettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws part of a data set, as balanced over its classes as can be.
 *
 * <p>Every example has a key fixed by (seed, id). Examples are ordered by their rank among the keys
 * of their class, then by key; a sample of n is the first n. So class counts differ by at most one
 * until a class runs out, and a smaller sample is part of every larger one with the same seed.
 */
final class Sample {
  private Sample() {}

  /**
   * @param classes classes to keep, null for all
   * @param count examples to keep, null for all
   * @param setting the setting that asks for the count
   * @return examples in ascending order of their ids
   * @throws InvalidSettingException if there are fewer
   */
  static RawSet draw(
      RawSet set,
      @Nullable List<Integer> classes,
      @Nullable Integer count,
      long seed,
      String setting) {
    int[] rows =
        IntStream.range(0, set.size())
            .filter(row -> classes == null || classes.contains((int) set.labels()[row]))
            .toArray();
    if (count == null || count == rows.length) {
      return set.select(rows);
    }
    if (count > rows.length) {
      throw new InvalidSettingException(
          setting,
          "is %d, must be at most the %d examples there are".formatted(count, rows.length));
    }
    return set.select(first(count, rows, set, seed));
  }

  private static int[] first(int count, int[] rows, RawSet set, long seed) {
    List<Candidate> byKey =
        Arrays.stream(rows)
            .mapToObj(row -> new Candidate(row, key(seed, set.ids()[row]), 0))
            .sorted(Comparator.comparingLong(Candidate::key))
            .toList();
    int[] seen = new int[256];
    List<Candidate> ranked = new ArrayList<>(rows.length);
    for (Candidate candidate : byKey) {
      int label = set.labels()[candidate.row];
      ranked.add(new Candidate(candidate.row, candidate.key, seen[label]++));
    }
    return ranked.stream()
        .sorted(Comparator.comparingInt(Candidate::rank).thenComparingLong(Candidate::key))
        .limit(count)
        .mapToInt(Candidate::row)
        .sorted()
        .toArray();
  }

  /**
   * @param rank number of examples of the same class with a smaller key
   */
  private record Candidate(int row, long key, int rank) {}

  private static long key(long seed, int id) {
    return new KeyedRandom(seed, KeyedRandom.Purpose.SAMPLE, id).nextLong();
  }
}
