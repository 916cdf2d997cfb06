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
    int[] rows = rows(set, classes);
    if (count == null || count == rows.length) {
      return set.select(rows);
    }
    if (count > rows.length) {
      throw new InvalidSettingException(
          setting,
          "is %d, must be at most the %d examples there are".formatted(count, rows.length));
    }
    return part(set, balanced(set, rows, seed), 0, count);
  }

  /**
   * Rows of the examples to draw from.
   *
   * @param classes classes to keep, null for all
   */
  static int[] rows(RawSet set, @Nullable List<Integer> classes) {
    return IntStream.range(0, set.size())
        .filter(row -> classes == null || classes.contains((int) set.labels()[row]))
        .toArray();
  }

  /** Rows in the order in which a balanced sample takes them. */
  static int[] balanced(RawSet set, int[] rows, long seed) {
    int[] seen = new int[256];
    List<Candidate> ranked = new ArrayList<>(rows.length);
    for (Candidate candidate : byKey(set, rows, seed)) {
      int label = set.labels()[candidate.row];
      ranked.add(new Candidate(candidate.row, candidate.key, seen[label]++));
    }
    return ranked.stream()
        .sorted(Comparator.comparingInt(Candidate::rank).thenComparingLong(Candidate::key))
        .mapToInt(Candidate::row)
        .toArray();
  }

  /** Rows in an order that has nothing to do with their classes. */
  static int[] shuffled(RawSet set, int[] rows, long seed) {
    return byKey(set, rows, seed).stream().mapToInt(Candidate::row).toArray();
  }

  /** The examples at {@code order[from]} to {@code order[to - 1]}, in ascending order of ids. */
  static RawSet part(RawSet set, int[] order, int from, int to) {
    return set.select(Arrays.stream(order, from, to).sorted().toArray());
  }

  private static List<Candidate> byKey(RawSet set, int[] rows, long seed) {
    return Arrays.stream(rows)
        .mapToObj(row -> new Candidate(row, key(seed, set.ids()[row]), 0))
        .sorted(Comparator.comparingLong(Candidate::key))
        .toList();
  }

  /**
   * @param rank number of examples of the same class with a smaller key
   */
  private record Candidate(int row, long key, int rank) {}

  private static long key(long seed, int id) {
    return new KeyedRandom(seed, KeyedRandom.Purpose.SAMPLE, id).nextLong();
  }
}
