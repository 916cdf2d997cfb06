package io.engram.trainer.spec;

import org.jspecify.annotations.Nullable;

/** Range checks that say what would be right. */
final class Settings {
  private Settings() {}

  static void atLeast(String field, long value, long least) {
    if (value < least) {
      throw new InvalidSettingException(
          field, "is %d, must be at least %d".formatted(value, least));
    }
  }

  static void present(String field, @Nullable Object value) {
    if (value == null) {
      throw new InvalidSettingException(field, "is empty, must be given or left out");
    }
  }

  static void share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidSettingException(field, "is %s, must be between 0 and 1".formatted(value));
    }
  }

  static void positive(String field, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidSettingException(field, "is %s, must be greater than 0".formatted(value));
    }
  }

  static void notNegative(String field, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidSettingException(field, "is %s, must be 0 or greater".formatted(value));
    }
  }

  static void below(String field, double value, double bound) {
    if (!(value < bound)) {
      throw new InvalidSettingException(
          field, "is %s, must be less than %s".formatted(value, bound));
    }
  }
}
