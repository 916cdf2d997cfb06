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

  static void requireSameOrNone(String field, int length, int expected) {
    if (length != 0) {
      requireSame(field, length, expected);
    }
  }
}
