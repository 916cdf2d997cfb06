package io.engram.trainer.dataset;

/**
 * Images as whole numbers: a pixel in 0 to 1 is level / {@link #maximum()}. Channel-major: channel,
 * row, column.
 */
interface Levels {
  /** The level of white: 255, or 1,020 where four pixels are summed. */
  int maximum();

  /** One value of an image. */
  int level(int row, int index);

  /** Writes {@code table[level]} of each value of an image. */
  void copy(int row, float[] table, float[] into, int offset);

  /** One byte a value. */
  record Bytes(byte[] values, int size) implements Levels {
    @Override
    public int maximum() {
      return 255;
    }

    @Override
    public int level(int row, int index) {
      return values[row * size + index] & 0xff;
    }

    @Override
    public void copy(int row, float[] table, float[] into, int offset) {
      int from = row * size;
      for (int i = 0; i < size; i++) {
        into[offset + i] = table[values[from + i] & 0xff];
      }
    }
  }

  /**
   * Two sets one after the other, of the same kind and size.
   *
   * @param rows of the first
   */
  record Joined(Levels first, int rows, Levels second) implements Levels {
    @Override
    public int maximum() {
      return first.maximum();
    }

    @Override
    public int level(int row, int index) {
      return row < rows ? first.level(row, index) : second.level(row - rows, index);
    }

    @Override
    public void copy(int row, float[] table, float[] into, int offset) {
      if (row < rows) {
        first.copy(row, table, into, offset);
      } else {
        second.copy(row - rows, table, into, offset);
      }
    }
  }

  /** Sums of four bytes. */
  record Sums(short[] values, int size) implements Levels {
    @Override
    public int maximum() {
      return 4 * 255;
    }

    @Override
    public int level(int row, int index) {
      return values[row * size + index];
    }

    @Override
    public void copy(int row, float[] table, float[] into, int offset) {
      int from = row * size;
      for (int i = 0; i < size; i++) {
        into[offset + i] = table[values[from + i]];
      }
    }
  }
}
