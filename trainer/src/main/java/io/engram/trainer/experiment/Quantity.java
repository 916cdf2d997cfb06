package io.engram.trainer.experiment;

/**
 * A number with its interval.
 *
 * @param name what it is
 * @param value the number
 * @param low lower end of its interval, at 95 % unless the report says otherwise; NaN where it has
 *     none
 * @param high upper end
 */
public record Quantity(String name, double value, double low, double high) {
  /** A number that has no interval. */
  public static Quantity of(String name, double value) {
    return new Quantity(name, value, Double.NaN, Double.NaN);
  }

  @Override
  public String toString() {
    String number = name + " " + Table.text(value);
    return Double.isNaN(low)
        ? number
        : "%s [%s, %s]".formatted(number, Table.text(low), Table.text(high));
  }
}
