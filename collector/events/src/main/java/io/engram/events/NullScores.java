package io.engram.events;

import java.util.Arrays;

/**
 * Correct predictions of one set.
 *
 * @param observed fitted to and scored against the labels
 * @param repeats the same with other random draws, one for each repeat
 * @param permuted fitted to and scored against the same shuffled labels, one for each permutation,
 *     with the random draws of {@code observed}
 */
public record NullScores(int observed, int[] repeats, int[] permuted) {
  @Override
  public boolean equals(Object other) {
    return other instanceof NullScores that
        && observed == that.observed
        && Arrays.equals(repeats, that.repeats)
        && Arrays.equals(permuted, that.permuted);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * observed + Arrays.hashCode(repeats)) + Arrays.hashCode(permuted);
  }

  @Override
  public String toString() {
    return "NullScores[observed=%d, repeats=%s, permuted=%s]"
        .formatted(observed, Arrays.toString(repeats), Arrays.toString(permuted));
  }
}
