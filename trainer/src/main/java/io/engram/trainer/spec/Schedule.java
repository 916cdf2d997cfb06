package io.engram.trainer.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 *
 * @param kind which of them
 * @param count its number; 0 where it has none
 */
public record Schedule(Kind kind, double count) {
  /** Not at all. */
  public static final Schedule NEVER = new Schedule(Kind.NEVER, 0);

  /** What can be written. */
  static final String GRAMMAR =
      "never, 'N steps', 'N epochs', logarithmic or 'N epochs then logarithmic', N greater than 0";

  private static final Pattern PERIODIC =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) +(steps?|epochs?)( +then +logarithmic)?");

  /** The forms of a schedule. */
  public enum Kind {
    /** Never due. */
    NEVER,
    /** Every so many updates. */
    STEPS,
    /** Every so many epochs, or every part of one. */
    EPOCHS,
    /** Every epoch for so many of them, then ever more rarely. */
    LOGARITHMIC
  }

  /**
   * @throws InvalidSettingException if it is none of the above
   */
  @JsonCreator
  public static Schedule parse(String text) {
    String written = text.strip().toLowerCase(Locale.ROOT);
    if (written.equals("never")) {
      return NEVER;
    }
    if (written.equals("logarithmic")) {
      return new Schedule(Kind.LOGARITHMIC, 0);
    }
    Matcher parts = PERIODIC.matcher(written);
    if (!parts.matches()) {
      throw impossible(text);
    }
    double count = Double.parseDouble(parts.group(1));
    boolean whole = count == Math.rint(count);
    boolean steps = parts.group(2).startsWith("step");
    boolean logarithmic = parts.group(3) != null;
    if (count == 0 || (steps && (logarithmic || !whole)) || (logarithmic && !whole)) {
      throw impossible(text);
    }
    return new Schedule(logarithmic ? Kind.LOGARITHMIC : steps ? Kind.STEPS : Kind.EPOCHS, count);
  }

  private static InvalidSettingException impossible(String text) {
    return new InvalidSettingException("", "is '%s', must be %s".formatted(text, GRAMMAR));
  }

  /**
   * Whether a probe is due.
   *
   * @param step updates completed
   * @param stepsPerEpoch steps of an epoch
   */
  public boolean due(long step, int stepsPerEpoch) {
    return switch (kind) {
      case NEVER -> false;
      case STEPS -> step % (long) count == 0;
      case EPOCHS -> isMultiple(step, count * stepsPerEpoch);
      case LOGARITHMIC ->
          step % stepsPerEpoch == 0
              && (step / stepsPerEpoch <= count || isRound(step / stepsPerEpoch));
    };
  }

  private static boolean isMultiple(long step, double period) {
    double before = Math.floor(step / period);
    return Math.round(before * period) == step || Math.round((before + 1) * period) == step;
  }

  /** Whether it is 0 or 1, 2 or 5 times a power of ten. */
  private static boolean isRound(long epoch) {
    long digits = epoch;
    while (digits > 0 && digits % 10 == 0) {
      digits /= 10;
    }
    return digits == 0 || digits == 1 || digits == 2 || digits == 5;
  }

  /** As it is written in a run file. */
  @Override
  public String toString() {
    String number = count == (long) count ? String.valueOf((long) count) : String.valueOf(count);
    return switch (kind) {
      case NEVER -> "never";
      case STEPS -> number + (count == 1 ? " step" : " steps");
      case EPOCHS -> number + epochs();
      case LOGARITHMIC -> count == 0 ? "logarithmic" : number + epochs() + " then logarithmic";
    };
  }

  private String epochs() {
    return count == 1 ? " epoch" : " epochs";
  }
}
