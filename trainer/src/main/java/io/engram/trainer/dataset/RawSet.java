package io.engram.trainer.dataset;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Examples as read, by row, in ascending order of their ids.
 *
 * @param shape of every image
 * @param ids stable ids
 * @param labels classes of the data set
 * @param pixels one unsigned byte a value, image after image, channel-major
 */
record RawSet(ImageShape shape, int[] ids, byte[] labels, byte[] pixels) {
  int size() {
    return ids.length;
  }

  /** These rows alone, which must ascend. */
  RawSet select(int[] rows) {
    if (rows.length == ids.length) {
      return this;
    }
    int size = shape.size();
    RawSet part =
        new RawSet(
            shape, new int[rows.length], new byte[rows.length], new byte[rows.length * size]);
    for (int i = 0; i < rows.length; i++) {
      part.ids[i] = ids[rows[i]];
      part.labels[i] = labels[rows[i]];
      System.arraycopy(pixels, rows[i] * size, part.pixels, i * size, size);
    }
    return part;
  }

  /** All of them in one, in the order given, which must be that of their ids. */
  static RawSet join(List<RawSet> parts) {
    int count = parts.stream().mapToInt(RawSet::size).sum();
    ImageShape shape = parts.get(0).shape;
    RawSet whole =
        new RawSet(shape, new int[count], new byte[count], new byte[count * shape.size()]);
    int row = 0;
    for (RawSet part : parts) {
      System.arraycopy(part.ids, 0, whole.ids, row, part.size());
      System.arraycopy(part.labels, 0, whole.labels, row, part.size());
      System.arraycopy(part.pixels, 0, whole.pixels, row * shape.size(), part.pixels.length);
      row += part.size();
    }
    return whole;
  }

  /** Hash of all pixels followed by all labels, lower-case hexadecimal. */
  String sha256() {
    MessageDigest digest = sha256Digest();
    digest.update(pixels);
    digest.update(labels);
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
