package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings and arrays in a saved state: their length, then their elements, big-endian. */
final class StateIo {
  private static final int BUFFER = 1 << 16;

  private StateIo() {}

  static void writeString(DataOutput out, String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readString(DataInput in) throws IOException {
    byte[] bytes = new byte[readLength(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads the name of a constant. */
  static <E extends Enum<E>> E readEnum(Class<E> type, DataInput in) throws IOException {
    String name = readString(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("state holds the unknown %s %s".formatted(type.getSimpleName(), name));
    }
  }

  static void writeInts(DataOutput out, int[] values, int size) throws IOException {
    out.writeInt(size);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < size; from += BUFFER / Integer.BYTES) {
      int n = Math.min(size - from, BUFFER / Integer.BYTES);
      buffer.asIntBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Integer.BYTES);
    }
  }

  static int[] readInts(DataInput in) throws IOException {
    int[] values = new int[readLength(in)];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < values.length; from += BUFFER / Integer.BYTES) {
      int n = Math.min(values.length - from, BUFFER / Integer.BYTES);
      in.readFully(buffer.array(), 0, n * Integer.BYTES);
      buffer.asIntBuffer().get(values, from, n);
    }
    return values;
  }

  static void writeLongs(DataOutput out, long[] values, int size) throws IOException {
    out.writeInt(size);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < size; from += BUFFER / Long.BYTES) {
      int n = Math.min(size - from, BUFFER / Long.BYTES);
      buffer.asLongBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Long.BYTES);
    }
  }

  static long[] readLongs(DataInput in) throws IOException {
    long[] values = new long[readLength(in)];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < values.length; from += BUFFER / Long.BYTES) {
      int n = Math.min(values.length - from, BUFFER / Long.BYTES);
      in.readFully(buffer.array(), 0, n * Long.BYTES);
      buffer.asLongBuffer().get(values, from, n);
    }
    return values;
  }

  /** Fills an array whose length is fixed by the code. */
  static void readLongsInto(long[] target, DataInput in) throws IOException {
    long[] read = readLongs(in);
    if (read.length != target.length) {
      throw new IOException(
          "state holds %d buckets where %d are known".formatted(read.length, target.length));
    }
    System.arraycopy(read, 0, target, 0, read.length);
  }

  static void writeFloats(DataOutput out, float[] values, int size) throws IOException {
    out.writeInt(size);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < size; from += BUFFER / Float.BYTES) {
      int n = Math.min(size - from, BUFFER / Float.BYTES);
      buffer.asFloatBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Float.BYTES);
    }
  }

  static float[] readFloats(DataInput in) throws IOException {
    float[] values = new float[readLength(in)];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < values.length; from += BUFFER / Float.BYTES) {
      int n = Math.min(values.length - from, BUFFER / Float.BYTES);
      in.readFully(buffer.array(), 0, n * Float.BYTES);
      buffer.asFloatBuffer().get(values, from, n);
    }
    return values;
  }

  static void writeDoubles(DataOutput out, double[] values, int size) throws IOException {
    out.writeInt(size);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < size; from += BUFFER / Double.BYTES) {
      int n = Math.min(size - from, BUFFER / Double.BYTES);
      buffer.asDoubleBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Double.BYTES);
    }
  }

  static double[] readDoubles(DataInput in) throws IOException {
    double[] values = new double[readLength(in)];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < values.length; from += BUFFER / Double.BYTES) {
      int n = Math.min(values.length - from, BUFFER / Double.BYTES);
      in.readFully(buffer.array(), 0, n * Double.BYTES);
      buffer.asDoubleBuffer().get(values, from, n);
    }
    return values;
  }

  static void writeGini(DataOutput out, Gini gini) throws IOException {
    out.writeDouble(gini.coefficient());
    out.writeDouble(gini.interval().lower());
    out.writeDouble(gini.interval().upper());
    out.writeInt(gini.values());
  }

  static Gini readGini(DataInput in) throws IOException {
    return new Gini(in.readDouble(), new Interval(in.readDouble(), in.readDouble()), in.readInt());
  }

  static void writeChars(DataOutput out, char[] values, int size) throws IOException {
    out.writeInt(size);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < size; from += BUFFER / Character.BYTES) {
      int n = Math.min(size - from, BUFFER / Character.BYTES);
      buffer.asCharBuffer().put(values, from, n);
      out.write(buffer.array(), 0, n * Character.BYTES);
    }
  }

  static char[] readChars(DataInput in) throws IOException {
    char[] values = new char[readLength(in)];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int from = 0; from < values.length; from += BUFFER / Character.BYTES) {
      int n = Math.min(values.length - from, BUFFER / Character.BYTES);
      in.readFully(buffer.array(), 0, n * Character.BYTES);
      buffer.asCharBuffer().get(values, from, n);
    }
    return values;
  }

  /** A length or count, which cannot be negative. */
  static int readLength(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("state holds a length of " + length);
    }
    return length;
  }
}
