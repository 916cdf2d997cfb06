package io.engram.trainer.svalidation;

import io.engram.trainer.dataset.ImageShape;

/**
 * Shuffles a share of an input's positions among themselves (Chaibub Neto 2018, §3): of d positions
 * round(fraction × d) are chosen, and their values permuted uniformly. A value may stay where it
 * was, so that on inputs with many equal values fewer change than were chosen.
 *
 * @param fraction share of the positions, greater than 0, at most 1
 * @param choice whether each image has positions and a permutation of its own; the paper does not
 *     say
 * @param wholePixels whether the channels of a pixel move together, as a convolutional network sees
 *     it; otherwise every value is a position
 */
public record PixelShuffle(double fraction, Choice choice, boolean wholePixels)
    implements Perturbation {
  /** Who shares a choice of positions and their permutation. */
  public enum Choice {
    PER_IMAGE,
    SHARED
  }

  public PixelShuffle {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new SValidationException(
          "fraction: is %s, must be greater than 0 and at most 1".formatted(fraction));
    }
  }

  @Override
  public String name() {
    return "shuffle "
        + Perturbation.number(100 * fraction)
        + " %"
        + (choice == Choice.SHARED ? " shared" : "");
  }

  /** The fraction, and {@code shared} where it is. */
  @Override
  public String label() {
    return Perturbation.number(fraction) + (choice == Choice.SHARED ? " shared" : "");
  }

  @Override
  public void apply(float[] values, int offset, ImageShape shape, long seed, int id) {
    int area = shape.height() * shape.width();
    int positions = wholePixels ? area : shape.size();
    int count = (int) Math.round(fraction * positions);
    int[] places = new int[positions];
    for (int i = 0; i < positions; i++) {
      places[i] = i;
    }
    Draws draws =
        new Draws(Keys.within(Keys.within(seed, Keys.POSITIONS), choice == Choice.SHARED ? 0 : id));
    draws.shuffle(places, count);
    int[] sources = java.util.Arrays.copyOf(places, count);
    draws.shuffle(sources, count);
    float[] moved = new float[count];
    for (int plane = 0; plane < shape.size() / positions; plane++) {
      int from = offset + plane * positions;
      for (int i = 0; i < count; i++) {
        moved[i] = values[from + sources[i]];
      }
      for (int i = 0; i < count; i++) {
        values[from + places[i]] = moved[i];
      }
    }
  }
}
