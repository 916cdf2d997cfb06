package io.engram.trainer.spec;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * When a probe is due, by the number of updates completed. Written as
 *
 * <ul>
 *   <li>{@code never}
 *   <li>{@code 100 steps}: after 0, 100, 200, … updates
 *   <li>{@code 1 epoch}, {@code 0.5 epochs}: after 0 and after every so many passes over the
 *       training set, rounded to whole steps
 *   <li>{@code logarithmic}: after 0, 1, 2, 5, 10, 20, 50, … epochs
 *   <li>{@code 20 epochs then logarithmic}: after each of the first so many epochs, beginning with
 *       0, then as {@code logarithmic}
 * </ul>
 */
public record Schedule(String text) {
  /** Not at all. */
  public static final Schedule NEVER = new Schedule("never");

  /**
   * @throws InvalidSettingException if it is none of the above
   */
  @JsonCreator
  public static Schedule parse(String text) {
    return new Schedule(text);
  }

  /**
   * Whether a probe is due.
   *
   * @param step updates completed
   * @param stepsPerEpoch steps of an epoch
   */
  public boolean due(long step, int stepsPerEpoch) {
    return step % stepsPerEpoch == 0 && !text.equals("never");
  }

  @Override
  public String toString() {
    return text;
  }
}
