package io.engram.events;

/** Checks of array lengths that name the field at fault. */
final class Lengths {
  private Lengths() {}

  static void requireSame(String field, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "%s has %d elements, but there are %d examples".formatted(field, length, expected));
    }
  }

  static void requireGrid(String field, int length, int rows, int columns) {
    if (length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%s has %d elements, must have %d x %d".formatted(field, length, rows, columns));
    }
  }

  static void requireSameOrNone(String field, int length, int expected) {
    if (length != 0) {
      requireSame(field, length, expected);
    }
  }
}
