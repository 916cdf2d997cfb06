package io.engram.trainer.scoring;

import io.vertx.core.buffer.Buffer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all messages of a scorer have in common. */
final class Format {
  private static final byte VERSION = 1;

  private Format() {}

  /** An empty message: the version only. */
  static Buffer begin() {
    return Buffer.buffer().appendByte(VERSION);
  }

  static void putString(Buffer into, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    into.appendIntLE(bytes.length).appendBytes(bytes);
  }

  static void putInts(Buffer into, int[] values) {
    into.appendIntLE(values.length);
    for (int value : values) {
      into.appendIntLE(value);
    }
  }

  /**
   * Reads a message; bytes left over, of a later version of the reader's, are ignored.
   *
   * @throws Refusal MALFORMED where it is none
   */
  static <T> T read(@Nullable Object message, Function<ByteBuffer, T> reader) {
    if (!(message instanceof Buffer buffer)) {
      throw malformed(
          "message is %s, must be a buffer"
              .formatted(message == null ? "empty" : message.getClass().getSimpleName()));
    }
    ByteBuffer bytes = ByteBuffer.wrap(buffer.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte version = bytes.get();
      if (version != VERSION) {
        throw malformed("message is of version %d, must be %d".formatted(version, VERSION));
      }
      return reader.apply(bytes);
    } catch (BufferUnderflowException e) {
      throw malformed("message of %d bytes is cut short".formatted(buffer.length()));
    }
  }

  static String getString(ByteBuffer bytes) {
    byte[] value = new byte[getCount(bytes, 1)];
    bytes.get(value);
    return new String(value, StandardCharsets.UTF_8);
  }

  static int[] getInts(ByteBuffer bytes) {
    int[] values = new int[getCount(bytes, Integer.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getInt();
    }
    return values;
  }

  /**
   * @param leastBytes what one element takes at least: nothing is allocated for elements that
   *     cannot be there
   */
  static int getCount(ByteBuffer bytes, int leastBytes) {
    int count = bytes.getInt();
    if (count < 0 || count > bytes.remaining() / leastBytes) {
      throw malformed(
          "message announces %d elements, has %d bytes left".formatted(count, bytes.remaining()));
    }
    return count;
  }

  static Refusal malformed(String problem) {
    return new Refusal(Refusal.MALFORMED, problem);
  }
}
