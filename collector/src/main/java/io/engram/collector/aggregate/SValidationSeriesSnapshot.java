package io.engram.collector.aggregate;

import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All scores of one shallow classifier on the same examples and sets: what may be compared.
 *
 * @param classifier its id
 * @param profile under which it first scored
 * @param examples of each set
 * @param chance share of the most common class
 * @param sets names of the sets, in the order of the scores
 * @param pixels its score on the inputs themselves; null if there is none
 * @param checkpoints its scores on the network's features, by ascending step
 * @param leftOut checkpoints that were scored and are not kept, because there were too many
 */
public record SValidationSeriesSnapshot(
    String classifier,
    String profile,
    int examples,
    double chance,
    List<String> sets,
    @Nullable SValidationScore pixels,
    List<SValidationScore> checkpoints,
    long leftOut) {
  public SValidationSeriesSnapshot {
    sets = List.copyOf(sets);
    checkpoints = List.copyOf(checkpoints);
  }

  /** Its score on the features of the untrained network; null if there is none. */
  public @Nullable SValidationScore untrained() {
    return !checkpoints.isEmpty() && checkpoints.get(0).step() == 0 ? checkpoints.get(0) : null;
  }

  /** Whether a score is on the pixels or on the untrained network. */
  public boolean isControl(SValidationScore score) {
    return score.equals(pixels) || score.equals(untrained());
  }

  /** Its score at the last checkpoint; null if there is none. */
  public @Nullable SValidationScore latest() {
    return checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
  }

  /**
   * A judgement of one of its scores beside those of its controls.
   *
   * @param set index of the set
   */
  public Attribution attribution(SValidationScore score, int set) {
    return Attribution.of(
        score.sets().get(set).judgement(), judgement(untrained(), set), judgement(pixels, set));
  }

  private static @Nullable Judgement judgement(@Nullable SValidationScore score, int set) {
    return score == null ? null : score.sets().get(set).judgement();
  }
}
