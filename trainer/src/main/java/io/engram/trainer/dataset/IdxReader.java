package io.engram.trainer.dataset;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Files of unsigned bytes in the IDX format of the MNIST database: two zero bytes, the type (8),
 * the number of dimensions, each dimension as a big-endian 32-bit number, and the values, the last
 * dimension fastest.
 */
final class IdxReader {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private IdxReader() {}

  /**
   * @param dimensions the lengths
   * @param values all of them
   */
  record Idx(int[] dimensions, byte[] values) {}

  /** Images: count, height, width. */
  static Idx images(Path file) {
    return DataFiles.read(file, in -> read(file, in, "images", 3));
  }

  /** Labels: count. */
  static Idx labels(Path file) {
    return DataFiles.read(file, in -> read(file, in, "labels", 1));
  }

  private static Idx read(Path file, InputStream in, String what, int count) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int magic = data.readInt();
    if (magic != UNSIGNED_BYTES + count) {
      throw new DatasetException(
          "%s: starts with 0x%08x, an IDX file of %s starts with 0x%08x"
              .formatted(file, magic, what, UNSIGNED_BYTES + count));
    }
    int[] dimensions = new int[count];
    long total = 1;
    for (int i = 0; i < count; i++) {
      long length = Integer.toUnsignedLong(data.readInt());
      total *= length;
      if (total < 1 || total > LARGEST) {
        throw new DatasetException(
            "%s: its header announces a dimension of %d, must give between 1 and %d values"
                .formatted(file, length, LARGEST));
      }
      dimensions[i] = (int) length;
    }
    byte[] values = data.readNBytes((int) total);
    if (values.length < total) {
      throw new DatasetException(
          "%s: is short, has %d of the %d bytes after its header"
              .formatted(file, values.length, total));
    }
    if (data.read() >= 0) {
      throw new DatasetException(
          "%s: goes on after the %d bytes that its header announces".formatted(file, total));
    }
    return new Idx(dimensions, values);
  }
}
