package io.engram.trainer.dataset;

/** Mean pooling of 2x2 squares, kept exact as sums of four levels. */
final class Pooling {
  private Pooling() {}

  static ImageShape shape(ImageShape shape) {
    return new ImageShape(shape.height() / 2, shape.width() / 2, shape.channels());
  }

  /**
   * @param set images of even height and width
   */
  static Levels.Sums pool(RawSet set) {
    int width = set.shape().width();
    int planes = set.size() * set.shape().channels();
    short[] sums = new short[set.pixels().length / 4];
    int to = 0;
    // The lines of all planes lie one after the other, and two lines make one.
    for (int line = 0; line < planes * set.shape().height(); line += 2) {
      for (int x = 0; x < width; x += 2) {
        int at = line * width + x;
        int sum = 0;
        for (int corner : new int[] {at, at + 1, at + width, at + width + 1}) {
          sum += set.pixels()[corner] & 0xff;
        }
        sums[to++] = (short) sum;
      }
    }
    return new Levels.Sums(sums, shape(set.shape()).size());
  }
}
