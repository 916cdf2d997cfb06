package io.engram.trainer.svalidation;

import io.engram.trainer.dataset.ImageShape;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What makes an s-validation example out of a training example; its label stays. */
public sealed interface Perturbation permits PixelShuffle, Rotation {
  /** A short name, unique for its settings, as {@code shuffle 5 %}. */
  String name();

  /** What its scores are called in metrics, unique for its settings of a run, as {@code 0.05}. */
  String label();

  /**
   * Changes an input in place, always in the same way for the same seed and id.
   *
   * @param values the input as the network sees it, channel-major, from {@code offset} on
   * @param id of the example
   */
  void apply(float[] values, int offset, ImageShape shape, long seed, int id);

  /** A number as people write it, without superfluous zeros. */
  static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(6, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
