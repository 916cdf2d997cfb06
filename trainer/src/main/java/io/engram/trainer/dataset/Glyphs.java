package io.engram.trainer.dataset;

import java.util.List;

/**
 * Ten kinds of glyph, drawn: 28x28, grey, 10,000 to train on and 2,000 kept apart. Image i is of
 * class i mod 10 and depends on i alone, bit for bit on every platform (exactly specified
 * arithmetic and {@link StrictMath} only).
 *
 * <p>Each image has a difficulty with a heavy tail: half of them are below 0.67, one in eighty is
 * at the cap of 1.8. With it grow the random shift, rotation, scale, shear, bend, the displacement
 * of the strokes' points, the grain, and the chance that a piece is missing. One image in a hundred
 * shows a second glyph as well, so that its class cannot be told for sure.
 */
final class Glyphs {
  static final ImageShape SHAPE = new ImageShape(Canvas.EDGE, Canvas.EDGE, 1);
  static final int TRAINING = 10_000;
  static final int VALIDATION = 2_000;

  private static final long SEED = 20_260_101;
  private static final double PIXELS = 9;
  private static final int SUBDIVISIONS = 4;

  private final KeyedRandom random;
  private final Canvas canvas = new Canvas();
  private final double difficulty;

  private Glyphs(int id) {
    random = new KeyedRandom(SEED, KeyedRandom.Purpose.GLYPH, id);
    difficulty = Math.min(1.8, 0.6 + 0.15 * (1 / Math.sqrt(1 - random.nextDouble()) - 1));
  }

  /** Images from id first on. */
  static RawSet generate(int first, int count) {
    RawSet set = new RawSet(SHAPE, new int[count], new byte[count], new byte[count * SHAPE.size()]);
    for (int row = 0; row < count; row++) {
      int id = first + row;
      int glyph = id % GlyphShapes.CLASSES;
      set.ids()[row] = id;
      set.labels()[row] = (byte) glyph;
      Glyphs image = new Glyphs(id);
      image.draw(glyph);
      image.canvas.copy(set.pixels(), row * SHAPE.size());
    }
    return set;
  }

  private void draw(int glyph) {
    double strength = random.between(0.6, 1);
    stroke(glyph, strength);
    if (random.nextDouble() < 0.01) {
      stroke((glyph + 1 + random.nextInt(GlyphShapes.CLASSES - 1)) % GlyphShapes.CLASSES, strength);
    }
    if (random.nextDouble() < 0.1 * difficulty) {
      int edge = 5 + random.nextInt(6);
      canvas.erase(random.nextInt(Canvas.EDGE - edge), random.nextInt(Canvas.EDGE - edge), edge);
    }
    double grain = 0.02 + 0.08 * difficulty;
    for (int i = 0; i < Canvas.EDGE * Canvas.EDGE; i++) {
      canvas.add(i, grain * (random.nextDouble() + random.nextDouble() - 1));
    }
  }

  /** Draws a glyph in a random style and pose. */
  private void stroke(int glyph, double strength) {
    List<GlyphShapes.Stroke> strokes =
        GlyphShapes.strokes(glyph, random.nextInt(GlyphShapes.styles(glyph)));
    double radius = random.between(0.6, 1.5);
    Pose pose = new Pose();
    for (GlyphShapes.Stroke stroke : strokes) {
      double[] points = stroke.points().clone();
      for (int i = 0; i < points.length; i++) {
        points[i] += 0.05 * difficulty * random.nextGaussian();
      }
      line(stroke.round(), points, pose, radius, strength);
    }
  }

  private void line(boolean round, double[] points, Pose pose, double radius, double strength) {
    int last = points.length / 2 - 1;
    double[] from = pose.place(points[0], points[1]);
    for (int i = 0; i < last; i++) {
      for (int part = 1; part <= SUBDIVISIONS; part++) {
        double t = (double) part / SUBDIVISIONS;
        double[] to = pose.place(between(round, points, i, 0, t), between(round, points, i, 1, t));
        canvas.line(from[0], from[1], to[0], to[1], radius, strength);
        from = to;
      }
    }
  }

  /** One coordinate between points i and i + 1: on a line, or on a Catmull-Rom spline. */
  private static double between(boolean round, double[] points, int i, int axis, double t) {
    double b = points[2 * i + axis];
    double c = points[2 * i + 2 + axis];
    if (!round) {
      return b + (c - b) * t;
    }
    double a = points[Math.max(0, 2 * i - 2) + axis];
    double d = points[Math.min(points.length - 2, 2 * i + 4) + axis];
    return 0.5
        * (2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t * t * t);
  }

  /** From a glyph's coordinates to pixels. */
  private final class Pose {
    private final double cos;
    private final double sin;
    private final double scaleX = PIXELS * (1 + 0.1 * difficulty * random.nextGaussian());
    private final double scaleY = PIXELS * (1 + 0.1 * difficulty * random.nextGaussian());
    private final double shear = 0.12 * difficulty * random.nextGaussian();
    private final double bend = 0.1 * difficulty * random.nextGaussian();
    private final double sway = 0.1 * difficulty * random.nextGaussian();
    private final double shiftX = 1.1 * difficulty * random.nextGaussian();
    private final double shiftY = 1.1 * difficulty * random.nextGaussian();

    Pose() {
      double angle = 0.14 * difficulty * random.nextGaussian();
      cos = StrictMath.cos(angle);
      sin = StrictMath.sin(angle);
    }

    double[] place(double x, double y) {
      double bentX = scaleX * (x + shear * y + bend * (y * y - 0.5));
      double bentY = scaleY * (y + sway * (x * x - 0.5));
      double middle = (Canvas.EDGE - 1) / 2.0;
      return new double[] {
        middle + shiftX + cos * bentX - sin * bentY, middle + shiftY + sin * bentX + cos * bentY
      };
    }
  }
}
