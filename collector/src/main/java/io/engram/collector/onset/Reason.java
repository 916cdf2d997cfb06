package io.engram.collector.onset;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line that says why, put into words when it is asked for. Equal to one of the same words. */
public final class Reason {
  private final String format;
  private final Object[] values;
  private @Nullable String words;

  private Reason(String format, Object... values) {
    this.format = format;
    this.values = values;
  }

  /**
   * @param format as {@link String#format}, or the words themselves where there are no values
   * @param values numbers, or others that never change
   */
  public static Reason of(String format, Object... values) {
    return new Reason(format, values);
  }

  @Override
  public String toString() {
    String known = words;
    if (known == null) {
      known = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
      words = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reason reason && toString().equals(reason.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
