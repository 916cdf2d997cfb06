package io.engram.trainer.dataset;

import java.util.List;

/**
 * The ten glyphs as strokes, each class in two styles. Coordinates run from -1 to 1, x to the right
 * and y down.
 */
final class GlyphShapes {
  static final int CLASSES = 10;

  /**
   * A line through points.
   *
   * @param round whether it bends smoothly at its points or has corners there
   * @param points x and y in turn
   */
  record Stroke(boolean round, double... points) {
    static Stroke sharp(double... points) {
      return new Stroke(false, points);
    }

    static Stroke smooth(double... points) {
      return new Stroke(true, points);
    }
  }

  private static final List<List<List<Stroke>>> STYLES =
      List.of(
          // Ring: closed, or open at the top.
          List.of(
              List.of(Stroke.smooth(arc(0, 360, 0.7, 0.95))),
              List.of(Stroke.smooth(arc(25, 335, 0.75, 0.9)))),
          // Tee: straight, or with drooping arms.
          List.of(
              List.of(Stroke.sharp(-0.8, -0.85, 0.8, -0.85), Stroke.sharp(0, -0.85, 0, 0.95)),
              List.of(
                  Stroke.smooth(-0.85, -0.5, -0.4, -0.85, 0.4, -0.85, 0.85, -0.5),
                  Stroke.sharp(0, -0.85, 0, 0.95))),
          // Zed: with corners, or round.
          List.of(
              List.of(Stroke.sharp(-0.7, -0.85, 0.7, -0.85, -0.7, 0.85, 0.7, 0.85)),
              List.of(
                  Stroke.smooth(-0.7, -0.5, -0.2, -0.9, 0.6, -0.6, 0.2, 0.1, -0.7, 0.85),
                  Stroke.sharp(-0.7, 0.85, 0.75, 0.85))),
          // Ess: round, or with corners.
          List.of(
              List.of(
                  Stroke.smooth(
                      0.65, -0.65, 0, -0.95, -0.6, -0.55, 0, -0.05, 0.6, 0.45, 0, 0.95, -0.65,
                      0.65)),
              List.of(
                  Stroke.sharp(0.65, -0.85, -0.6, -0.85, -0.6, -0.05),
                  Stroke.smooth(-0.6, -0.05, 0.3, -0.1, 0.6, 0.4, 0.2, 0.9, -0.6, 0.8))),
          // Cross: upright, or with a high bar.
          List.of(
              List.of(Stroke.sharp(-0.85, 0, 0.85, 0), Stroke.sharp(0, -0.9, 0, 0.9)),
              List.of(Stroke.sharp(-0.7, -0.35, 0.7, -0.35), Stroke.sharp(0, -0.95, 0, 0.95))),
          // Tent: closed, or without its base but with a bar.
          List.of(
              List.of(Stroke.sharp(-0.8, 0.8, 0, -0.9, 0.8, 0.8, -0.8, 0.8)),
              List.of(
                  Stroke.sharp(-0.8, 0.9, 0, -0.9, 0.8, 0.9), Stroke.sharp(-0.45, 0.3, 0.45, 0.3))),
          // Cup: round, or pointed.
          List.of(
              List.of(
                  Stroke.smooth(
                      -0.7, -0.9, -0.7, 0.1, -0.5, 0.75, 0, 0.95, 0.5, 0.75, 0.7, 0.1, 0.7, -0.9)),
              List.of(Stroke.sharp(-0.75, -0.9, 0, 0.9, 0.75, -0.9))),
          // Wye: forked, or with a curled tail.
          List.of(
              List.of(
                  Stroke.sharp(-0.75, -0.9, 0, -0.05, 0.75, -0.9), Stroke.sharp(0, -0.05, 0, 0.95)),
              List.of(
                  Stroke.smooth(-0.7, -0.9, -0.6, -0.3, 0, -0.05, 0.6, -0.3),
                  Stroke.smooth(0.7, -0.9, 0.6, -0.1, 0.45, 0.6, -0.1, 0.95, -0.55, 0.75))),
          // Spiral: one turn and a half, or one.
          List.of(
              List.of(Stroke.smooth(spiral(540, 0.95))), List.of(Stroke.smooth(spiral(420, 0.85)))),
          // Box: upright, or standing on a corner.
          List.of(
              List.of(Stroke.sharp(-0.7, -0.8, 0.7, -0.8, 0.7, 0.8, -0.7, 0.8, -0.7, -0.8)),
              List.of(Stroke.sharp(0, -0.95, 0.75, 0, 0, 0.95, -0.75, 0, 0, -0.95))));

  private GlyphShapes() {}

  static int styles(int glyph) {
    return STYLES.get(glyph).size();
  }

  static List<Stroke> strokes(int glyph, int style) {
    return STYLES.get(glyph).get(style);
  }

  /** Points on an ellipse, from and to degrees clockwise from the top, ten of them. */
  private static double[] arc(double from, double to, double radiusX, double radiusY) {
    double[] points = new double[20];
    for (int i = 0; i < 10; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * i / 9);
      points[2 * i] = radiusX * StrictMath.sin(angle);
      points[2 * i + 1] = -radiusY * StrictMath.cos(angle);
    }
    return points;
  }

  /** Points on a spiral that opens from the middle over so many degrees, 14 of them. */
  private static double[] spiral(double degrees, double radius) {
    double[] points = new double[28];
    for (int i = 0; i < 14; i++) {
      double angle = StrictMath.toRadians(degrees * i / 13);
      double distance = radius * (0.08 + 0.92 * i / 13);
      points[2 * i] = distance * StrictMath.sin(angle);
      points[2 * i + 1] = -distance * StrictMath.cos(angle);
    }
    return points;
  }
}
