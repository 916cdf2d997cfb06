package io.engram.trainer.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Data files, plain or compressed by gzip; which of the two is told by content, not by name. */
final class DataFiles {
  private static final int BUFFER = 1 << 16;

  private DataFiles() {}

  /** Reads something from a file's uncompressed content. */
  interface Content<T> {
    T read(InputStream in) throws IOException;
  }

  /** The file of that name in the folder, plain or with {@code .gz} at its end; null if none. */
  static @Nullable Path find(Path folder, String name) {
    Path plain = folder.resolve(name);
    Path compressed = folder.resolve(name + ".gz");
    return Files.isRegularFile(plain) ? plain : Files.isRegularFile(compressed) ? compressed : null;
  }

  /**
   * @throws DatasetException if the file cannot be read
   */
  static <T> T read(Path file, Content<T> content) {
    try (InputStream in = open(file)) {
      return content.read(in);
    } catch (NoSuchFileException e) {
      throw new DatasetException(file + ": there is no such file", e);
    } catch (EOFException e) {
      throw new DatasetException(file + ": ends too early, the file is not whole", e);
    } catch (ZipException e) {
      throw new DatasetException(file + ": is damaged and must be got anew: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DatasetException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return compressed ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
