package io.engram.trainer.dataset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Tiny data files, written the way their formats say. */
final class TestFiles {
  private TestFiles() {}

  /** An IDX file of unsigned bytes. */
  static byte[] idx(byte[] values, int... dimensions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(new byte[] {0, 0, 8, (byte) dimensions.length});
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An archive of these files, by path. */
  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.forEach(
        (path, content) -> {
          byte[] header = new byte[512];
          put(header, 0, path);
          put(header, 124, "%011o".formatted(content.length));
          header[156] = (byte) (path.endsWith("/") ? '5' : '0');
          out.writeBytes(header);
          out.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        });
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Bytes that differ from place to place. */
  static byte[] pattern(int length, int seed) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Labels 0 to 9 in turn. */
  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return labels;
  }

  /** CIFAR-10 records with labels 0 to 9 in turn. */
  static byte[] cifar(int count, int seed) {
    byte[] records = pattern(count * 3073, seed);
    for (int i = 0; i < count; i++) {
      records[i * 3073] = (byte) (i % 10);
    }
    return records;
  }

  static byte[] concat(byte[] first, byte... second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
