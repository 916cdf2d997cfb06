package io.engram.trainer.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * Regular files of a tar archive (POSIX.1-1988 ustar header; names of up to 100 bytes), one after
 * the other. Other entries are passed over.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;

  private TarReader() {}

  /** Takes the files of an archive. */
  interface Visitor {
    /** Whether the file's content is wanted. */
    boolean wants(String path);

    void visit(String path, byte[] content);
  }

  static void read(InputStream in, Visitor visitor) throws IOException {
    for (byte[] header = in.readNBytes(BLOCK);
        header.length > 0 && header[0] != 0;
        header = in.readNBytes(BLOCK)) {
      if (header.length < BLOCK) {
        throw new EOFException();
      }
      String path = text(header, 0, NAME_LENGTH);
      int size = size(header);
      boolean regular = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
      int padding = (BLOCK - size % BLOCK) % BLOCK;
      if (regular && visitor.wants(path)) {
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
          throw new EOFException();
        }
        visitor.visit(path, content);
        in.skipNBytes(padding);
      } else {
        in.skipNBytes((long) size + padding);
      }
    }
  }

  private static int size(byte[] header) throws IOException {
    String octal = text(header, SIZE_AT, SIZE_LENGTH).strip();
    if (!octal.matches("0*[0-7]{1,10}")) {
      throw new ZipException("'%s' is no file length of a tar archive".formatted(octal));
    }
    return Integer.parseInt(octal, 8);
  }

  private static String text(byte[] header, int from, int length) {
    int to = from;
    while (to < from + length && header[to] != 0) {
      to++;
    }
    return new String(header, from, to - from, StandardCharsets.US_ASCII);
  }
}
