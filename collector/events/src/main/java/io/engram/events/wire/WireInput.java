package io.engram.events.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the shapes that {@link WireOutput} writes. Nothing is allocated for a count before the
 * bytes for it are known to be there.
 *
 * <p>Every method throws {@link IllegalArgumentException} or {@link
 * java.nio.BufferUnderflowException} where the bytes do not hold what is asked for.
 */
final class WireInput {
  private final ByteBuffer bytes;

  WireInput(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Whether there is more: what was written before a field was added ends early. */
  boolean hasMore() {
    return bytes.hasRemaining();
  }

  /** 0 to 255. */
  int getByte() {
    return Byte.toUnsignedInt(bytes.get());
  }

  boolean getBoolean() {
    int value = getByte();
    if (value > 1) {
      throw new IllegalArgumentException("%d is neither true (1) nor false (0)".formatted(value));
    }
    return value == 1;
  }

  int getInt() {
    return bytes.getInt();
  }

  long getLong() {
    return bytes.getLong();
  }

  double getDouble() {
    return bytes.getDouble();
  }

  String getString() {
    ByteBuffer utf8 = take(getCount(1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a string is not UTF-8", e);
    }
  }

  int[] getInts() {
    int[] values = new int[getCount(Integer.BYTES)];
    take(values.length * Integer.BYTES).asIntBuffer().get(values);
    return values;
  }

  float[] getFloats() {
    float[] values = new float[getCount(Float.BYTES)];
    take(values.length * Float.BYTES).asFloatBuffer().get(values);
    return values;
  }

  double[] getDoubles() {
    double[] values = new double[getCount(Double.BYTES)];
    take(values.length * Double.BYTES).asDoubleBuffer().get(values);
    return values;
  }

  /**
   * @param leastBytes what one element takes at least
   */
  <T> List<T> getEach(int leastBytes, Function<WireInput, T> reader) {
    int count = getCount(leastBytes);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.apply(this));
    }
    return values;
  }

  <T> T getBlock(Function<WireInput, T> reader) {
    return reader.apply(new WireInput(take(getCount(1))));
  }

  private int getCount(int leastBytes) {
    int count = bytes.getInt();
    if (count < 0 || count > bytes.remaining() / leastBytes) {
      throw new IllegalArgumentException(
          "%d elements announced, %d bytes left".formatted(count, bytes.remaining()));
    }
    return count;
  }

  private ByteBuffer take(int length) {
    ByteBuffer taken = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return taken;
  }
}
