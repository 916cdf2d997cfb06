package io.engram.trainer.svalidation;

import io.engram.events.NullScores;
import io.engram.events.svalidation.Judgement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The permutation null of s-validation (Chaibub Neto 2018, Algorithm 1): labels are shuffled, the
 * classifier is fitted to the shuffled labels and scored against the same shuffled labels, where a
 * perturbed copy keeps the label of its original. One fit serves all sets.
 *
 * <p>The observed fit and all permuted ones share the classifier's random draws. Given those, were
 * the labels exchangeable, the observed score would be as likely at any rank among the permuted
 * ones: the permutation test is exact.
 *
 * <p>Stopping rule, if a profile allows to stop early: after {@code minimum} permutations and every
 * {@value #LOOK} more, stop once for every set (1) the centre of the null is decided: with 4 s / √B
 * to spare it lies on one side of what memorized asks for; and (2) the observed score is decided:
 * at least 2 permutations score as high and at least 2 as low, so that p cannot come to 0.025 on
 * either side within 100, or it lies beyond all of them with |z| of 4 or more, or the null is not
 * above chance, and it is compared with chance alone.
 */
public final class PermutationNull {
  private static final int LOOK = 10;
  private static final double TO_SPARE = 4;

  private PermutationNull() {}

  /**
   * @param prepared the profile's classifier, prepared for the features
   * @param labels class of each training example
   * @param seed fixes the permutations and the classifier's draws: a run's, and the same at all its
   *     checkpoints
   * @param cancelled asked between parts of the work
   * @throws SValidationException if the labels do not fit or are all the same, or the classifier is
   *     not the profile's
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static NullResult run(
      ShallowClassifier.Prepared prepared,
      NullProfile profile,
      int[] labels,
      long seed,
      Workers workers,
      BooleanSupplier cancelled) {
    if (!prepared.id().equals(profile.classifier().id())) {
      throw new SValidationException(
          "classifier: is %s, must be that of the profile %s, %s"
              .formatted(prepared.id(), profile.name(), profile.classifier().id()));
    }
    long key = Keys.within(seed, Keys.NULL);
    int sets = prepared.sets();
    int[] observed = observed(prepared, labels, seed, workers, cancelled);
    int[][] repeats = new int[sets][profile.repeats()];
    for (int i = 0; i < profile.repeats(); i++) {
      int[] again = prepared.score(labels, Keys.within(key, i + 1L), workers, cancelled);
      for (int set = 0; set < sets; set++) {
        repeats[set][i] = again[set];
      }
    }
    int[][] permuted = new int[sets][profile.maximum()];
    int mostCommon = mostCommon(labels, prepared.classes());
    NullResult result;
    int drawn = 0;
    do {
      int[] shuffled = permuted(labels, seed, drawn);
      int[] scores = prepared.score(shuffled, omega(seed), workers, cancelled);
      for (int set = 0; set < sets; set++) {
        permuted[set][drawn] = scores[set];
      }
      drawn++;
    } while (drawn < profile.minimum()
        || drawn < profile.maximum()
            && ((drawn - profile.minimum()) % LOOK != 0
                || !decided(observed, repeats, permuted, drawn, labels.length, mostCommon)));
    List<NullScores> scores = new ArrayList<>();
    for (int set = 0; set < sets; set++) {
      scores.add(new NullScores(observed[set], repeats[set], Arrays.copyOf(permuted[set], drawn)));
    }
    return new NullResult(
        prepared.id(),
        profile.name(),
        labels.length,
        mostCommon,
        drawn == profile.maximum(),
        scores);
  }

  /**
   * The observed scores alone: correct predictions of each set.
   *
   * @param labels class of each training example
   * @param seed as in {@link #run}
   * @throws SValidationException if the labels are all the same
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static int[] observed(
      ShallowClassifier.Prepared prepared,
      int[] labels,
      long seed,
      Workers workers,
      BooleanSupplier cancelled) {
    return prepared.score(labels, omega(seed), workers, cancelled);
  }

  /** What fixes the random draws of the observed fit and of all permuted ones. */
  static long omega(long seed) {
    return Keys.within(Keys.within(seed, Keys.NULL), 0);
  }

  /** The labels of a permutation, 0 or greater; the same for every classifier and checkpoint. */
  public static int[] permuted(int[] labels, long seed, int permutation) {
    int[] shuffled = labels.clone();
    Draws draws = new Draws(Keys.within(Keys.within(seed, Keys.PERMUTATION), permutation));
    draws.shuffle(shuffled, shuffled.length);
    return shuffled;
  }

  private static int mostCommon(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return Arrays.stream(counts).max().orElseThrow();
  }

  private static boolean decided(
      int[] observed, int[][] repeats, int[][] permuted, int drawn, int examples, int mostCommon) {
    for (int set = 0; set < observed.length; set++) {
      int[] scores = Arrays.copyOf(permuted[set], drawn);
      NullScores soFar = new NullScores(observed[set], repeats[set], scores);
      if (!decided(soFar, Judgement.of(soFar, examples, mostCommon), examples)) {
        return false;
      }
    }
    return true;
  }

  private static boolean decided(NullScores scores, Judgement judgement, int examples) {
    double asked = Judgement.memorizedFrom(judgement.chance(), examples);
    double distance = judgement.median() - asked;
    double error = judgement.deviation() / Math.sqrt(judgement.permutations());
    if (Math.abs(distance) <= TO_SPARE * error) {
      return false;
    }
    long asHigh = Arrays.stream(scores.permuted()).filter(s -> s >= scores.observed()).count();
    long asLow = Arrays.stream(scores.permuted()).filter(s -> s <= scores.observed()).count();
    boolean beyondAll = asHigh == 0 || asLow == 0;
    return distance < 0
        || asHigh >= 2 && asLow >= 2
        || beyondAll && Math.abs(judgement.z()) >= TO_SPARE;
  }
}
