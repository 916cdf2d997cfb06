package io.engram.trainer.dataset;

/** A grey image that lines are drawn on, 0 (black) to 1 (white), with soft edges. */
final class Canvas {
  static final int EDGE = 28;

  private final double[] ink = new double[EDGE * EDGE];

  /**
   * A line with round ends between two points given in pixels; what is whiter already stays.
   *
   * @param radius half its thickness
   * @param strength how white it is
   */
  void line(double x0, double y0, double x1, double y1, double radius, double strength) {
    double reach = radius + 1;
    int left = (int) Math.max(0, Math.floor(Math.min(x0, x1) - reach));
    int right = (int) Math.min(EDGE - 1, Math.ceil(Math.max(x0, x1) + reach));
    int top = (int) Math.max(0, Math.floor(Math.min(y0, y1) - reach));
    int bottom = (int) Math.min(EDGE - 1, Math.ceil(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = dx * dx + dy * dy;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = length == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
        double nearest = Math.min(1, Math.max(0, along));
        double offX = x - x0 - nearest * dx;
        double offY = y - y0 - nearest * dy;
        double cover = radius + 0.5 - Math.sqrt(offX * offX + offY * offY);
        double value = strength * Math.min(1, Math.max(0, cover));
        ink[y * EDGE + x] = Math.max(ink[y * EDGE + x], value);
      }
    }
  }

  /** Blackens a square. */
  void erase(int left, int top, int edge) {
    for (int y = Math.max(0, top); y < Math.min(EDGE, top + edge); y++) {
      for (int x = Math.max(0, left); x < Math.min(EDGE, left + edge); x++) {
        ink[y * EDGE + x] = 0;
      }
    }
  }

  /** Adds a value to a pixel. */
  void add(int index, double value) {
    ink[index] += value;
  }

  /** One byte a pixel, clipped. */
  void copy(byte[] into, int offset) {
    for (int i = 0; i < ink.length; i++) {
      into[offset + i] = (byte) Math.floor(255 * Math.min(1, Math.max(0, ink[i])) + 0.5);
    }
  }
}
