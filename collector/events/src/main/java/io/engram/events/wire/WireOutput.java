package io.engram.events.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** A growing big-endian buffer that knows the few shapes of which version 1 is made. */
final class WireOutput {
  private ByteBuffer bytes = ByteBuffer.allocate(4096);

  int position() {
    return bytes.position();
  }

  /** Forgets everything written from {@code position} on. */
  void truncate(int position) {
    bytes.position(position);
  }

  void putByte(int value) {
    room(Byte.BYTES).put((byte) value);
  }

  void putBoolean(boolean value) {
    putByte(value ? 1 : 0);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void putDouble(double value) {
    room(Double.BYTES).putDouble(value);
  }

  /** Length in bytes, then UTF-8; an unpaired surrogate becomes {@code ?}. */
  void putString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    room(utf8.length).put(utf8);
  }

  void putBytes(ByteBuffer values) {
    room(values.remaining()).put(values.duplicate());
  }

  void putInts(int[] values) {
    putInt(values.length);
    room((long) values.length * Integer.BYTES).asIntBuffer().put(values);
    bytes.position(bytes.position() + values.length * Integer.BYTES);
  }

  void putFloats(float[] values) {
    putInt(values.length);
    room((long) values.length * Float.BYTES).asFloatBuffer().put(values);
    bytes.position(bytes.position() + values.length * Float.BYTES);
  }

  void putDoubles(double[] values) {
    putInt(values.length);
    room((long) values.length * Double.BYTES).asDoubleBuffer().put(values);
    bytes.position(bytes.position() + values.length * Double.BYTES);
  }

  <T> void putEach(Collection<T> values, Consumer<T> writer) {
    putInt(values.size());
    values.forEach(writer);
  }

  /** What {@code body} writes, after its length: a reader can skip what it does not know of it. */
  void putBlock(Runnable body) {
    int at = position();
    putInt(0);
    body.run();
    setInt(at, position() - at - Integer.BYTES);
  }

  void setInt(int at, int value) {
    bytes.putInt(at, value);
  }

  int crc32c(int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), from, position() - from);
    return (int) crc.getValue();
  }

  /** What was written, without a copy. */
  ByteBuffer written() {
    return bytes.duplicate().flip();
  }

  private ByteBuffer room(long wanted) {
    if (bytes.remaining() < wanted) {
      long needed = position() + wanted;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "a batch of more than %d bytes: send fewer events together".formatted(needed));
      }
      int capacity = (int) Math.min(Math.max(2L * bytes.capacity(), needed), Integer.MAX_VALUE - 8);
      bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
    }
    return bytes;
  }
}
