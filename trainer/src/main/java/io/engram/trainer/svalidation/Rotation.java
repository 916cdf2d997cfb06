package io.engram.trainer.svalidation;

import io.engram.trainer.dataset.ImageShape;

/**
 * Rotates an image about its centre, which Chaibub Neto 2018 names beside shuffling: each one
 * clockwise or counter-clockwise by its own draw. Values between pixels are interpolated
 * bilinearly; beyond the border the nearest pixel of the border continues.
 *
 * @param degrees greater than 0, less than 180
 */
public record Rotation(double degrees) implements Perturbation {
  public Rotation {
    if (!(degrees > 0 && degrees < 180)) {
      throw new SValidationException(
          "degrees: is %s, must be greater than 0 and less than 180".formatted(degrees));
    }
  }

  @Override
  public String name() {
    return "rotation " + Perturbation.number(degrees) + "°";
  }

  @Override
  public String label() {
    return "rotation " + Perturbation.number(degrees);
  }

  @Override
  public void apply(float[] values, int offset, ImageShape shape, long seed, int id) {
    boolean clockwise = Keys.below(2, Keys.within(Keys.within(seed, Keys.DIRECTION), id)) == 1;
    double angle = StrictMath.toRadians(clockwise ? degrees : -degrees);
    rotate(values, offset, shape, StrictMath.cos(angle), StrictMath.sin(angle));
  }

  static void rotate(float[] values, int offset, ImageShape shape, double cos, double sin) {
    int height = shape.height();
    int width = shape.width();
    double middleY = (height - 1) / 2.0;
    double middleX = (width - 1) / 2.0;
    float[] plane = new float[height * width];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int from = offset + channel * plane.length;
      System.arraycopy(values, from, plane, 0, plane.length);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sourceX = middleX + cos * (x - middleX) + sin * (y - middleY);
          double sourceY = middleY - sin * (x - middleX) + cos * (y - middleY);
          values[from + y * width + x] = interpolated(plane, height, width, sourceY, sourceX);
        }
      }
    }
  }

  private static float interpolated(float[] plane, int height, int width, double y, double x) {
    double insideY = Math.min(height - 1, Math.max(0, y));
    double insideX = Math.min(width - 1, Math.max(0, x));
    int top = (int) insideY;
    int left = (int) insideX;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    double down = insideY - top;
    double across = insideX - left;
    double above = plane[top * width + left] * (1 - across) + plane[top * width + right] * across;
    double under =
        plane[bottom * width + left] * (1 - across) + plane[bottom * width + right] * across;
    return (float) (above * (1 - down) + under * down);
  }
}
