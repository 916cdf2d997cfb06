package io.engram.trainer.dataset;

/**
 * CIFAR-10's binary format: records of 3,073 bytes, the label, then 32 rows of 32 values of red,
 * green and blue in turn.
 */
final class CifarReader {
  static final ImageShape SHAPE = new ImageShape(32, 32, 3);
  static final int CLASSES = 10;

  /** Records of a whole batch file, and so the distance between the ids of two. */
  static final int BATCH = 10_000;

  private static final int RECORD = 1 + SHAPE.size();

  private CifarReader() {}

  /**
   * @param file what a complaint names
   * @param content of a batch file
   * @param firstId id of its first record
   * @throws DatasetException if the content is not that of a batch file
   */
  static RawSet read(String file, byte[] content, int firstId) {
    int count = content.length / RECORD;
    if (count == 0 || count > BATCH || content.length % RECORD != 0) {
      throw new DatasetException(
          "%s: has %d bytes, must have 1 to %d records of %d bytes"
              .formatted(file, content.length, BATCH, RECORD));
    }
    RawSet set = new RawSet(SHAPE, new int[count], new byte[count], new byte[count * SHAPE.size()]);
    for (int row = 0; row < count; row++) {
      int label = content[row * RECORD] & 0xff;
      if (label >= CLASSES) {
        throw new DatasetException(
            "%s: label %d is %d, must be 0 to %d".formatted(file, row, label, CLASSES - 1));
      }
      set.ids()[row] = firstId + row;
      set.labels()[row] = (byte) label;
      System.arraycopy(content, row * RECORD + 1, set.pixels(), row * SHAPE.size(), SHAPE.size());
    }
    return set;
  }
}
