package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The fields of each training example side by side, seven words an example, so that an observation
 * touches one or two cache lines however many examples and runs there are. A field is named by the
 * bit of the example at which it begins, and does not cross a word.
 */
final class ExampleCells {
  private static final int WORDS = 7;
  private static final int WORD_BITS = 6;
  private static final long SHORT = 0xFFFFL;
  private static final long INT = 0xFFFF_FFFFL;

  private long[] words = {};

  ExampleCells() {}

  ExampleCells(DataInput in, int examples) throws IOException {
    words = StateIo.readLongs(in);
    if (words.length != (long) WORDS * examples) {
      throw new IOException("state holds %d examples otherwise".formatted(examples));
    }
  }

  void save(DataOutput out, int examples) throws IOException {
    StateIo.writeLongs(out, words, WORDS * examples);
  }

  /** Examples that there is room for. */
  int capacity() {
    return words.length / WORDS;
  }

  /**
   * @throws ArithmeticException beyond 306 million examples
   */
  void resize(int capacity) {
    words = Arrays.copyOf(words, Math.multiplyExact(WORDS, capacity));
  }

  char getChar(int slot, int field) {
    return (char) (word(slot, field) >>> field);
  }

  void setChar(int slot, int field, int value) {
    set(slot, field, SHORT, value);
  }

  int getInt(int slot, int field) {
    return (int) (word(slot, field) >>> field);
  }

  void setInt(int slot, int field, int value) {
    set(slot, field, INT, value);
  }

  float getFloat(int slot, int field) {
    return Float.intBitsToFloat(getInt(slot, field));
  }

  void setFloat(int slot, int field, float value) {
    setInt(slot, field, Float.floatToRawIntBits(value));
  }

  double getDouble(int slot, int field) {
    return Double.longBitsToDouble(word(slot, field));
  }

  void setDouble(int slot, int field, double value) {
    words[at(slot, field)] = Double.doubleToRawLongBits(value);
  }

  private long word(int slot, int field) {
    return words[at(slot, field)];
  }

  private void set(int slot, int field, long mask, int value) {
    int at = at(slot, field);
    words[at] = words[at] & ~(mask << field) | (value & mask) << field;
  }

  private static int at(int slot, int field) {
    return slot * WORDS + (field >> WORD_BITS);
  }
}
