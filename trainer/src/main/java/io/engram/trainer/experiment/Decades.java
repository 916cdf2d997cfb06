package io.engram.trainer.experiment;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Writes a power of ten where its exponent lies. */
final class Decades extends NumberFormat {
  private static final long serialVersionUID = 1;

  @Override
  public StringBuffer format(double exponent, StringBuffer to, FieldPosition field) {
    return to.append(Table.text(Math.pow(10, Math.rint(exponent))));
  }

  @Override
  public StringBuffer format(long exponent, StringBuffer to, FieldPosition field) {
    return format((double) exponent, to, field);
  }

  @Override
  public Number parse(String text, ParsePosition at) {
    throw new UnsupportedOperationException("an axis is not read");
  }
}
