package io.engram.trainer.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Downloads files from the first mirror that gives them whole.
 *
 * <p>Bytes go to a file beside the target, {@code .part} at its end, which is kept when a download
 * breaks off: the next attempt, by this process or a later one, asks for the rest alone (RFC 9110,
 * §14) and starts anew where the server does not give it. Only a file of the right length and
 * SHA-256 takes its own name, in one step. Downloads into a folder wait for each other, in this
 * process and between processes.
 */
final class Downloader {
  private static final int CONNECTIONS = 5;
  private static final int BUFFER = 1 << 16;
  private static final Object IN_PROCESS = new Object();

  private final int patienceMillis;

  /**
   * @param patience how long to wait for a connection, and for each next piece
   */
  Downloader(Duration patience) {
    patienceMillis = Math.toIntExact(patience.toMillis());
  }

  /**
   * @return the file in the folder
   * @throws DatasetException if no mirror gave it: one line with the reason of each
   */
  Path download(RemoteFile file, Path folder, DownloadProgress progress) {
    Path target = folder.resolve(file.name());
    synchronized (IN_PROCESS) {
      try {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(
                    folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid() && !Files.exists(target)) {
            fromFirst(file, folder.resolve(file.name() + ".part"), target, progress);
          }
        }
      } catch (IOException e) {
        throw new DatasetException("%s cannot be written: %s".formatted(target, e), e);
      }
    }
    return target;
  }

  private void fromFirst(RemoteFile file, Path part, Path target, DownloadProgress progress)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (URI mirror : file.mirrors()) {
      try {
        from(mirror, file, part, progress);
      } catch (IOException e) {
        failures.add("%s: %s".formatted(mirror, reason(e)));
        continue;
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    throw new DatasetException(
        "%s could not be downloaded: %s".formatted(file.name(), String.join("; ", failures)));
  }

  /** Goes on while connections bring bytes. What was put together and is wrong is got anew once. */
  private void from(URI mirror, RemoteFile file, Path part, DownloadProgress progress)
      throws IOException {
    boolean together = size(part) > 0;
    for (int connection = 1; ; connection++) {
      long before = size(part);
      try {
        receive(mirror, file, part, progress);
        verify(file, part);
        return;
      } catch (DamagedException e) {
        Files.deleteIfExists(part);
        if (connection == CONNECTIONS || !together) {
          throw e;
        }
        together = false;
      } catch (IOException e) {
        if (connection == CONNECTIONS || size(part) <= before) {
          throw e;
        }
        together = true;
      }
    }
  }

  private void receive(URI mirror, RemoteFile file, Path part, DownloadProgress progress)
      throws IOException {
    long have = size(part);
    progress.downloaded(file.name(), have, file.bytes());
    if (have >= file.bytes()) {
      return;
    }
    HttpURLConnection connection = (HttpURLConnection) mirror.toURL().openConnection();
    connection.setConnectTimeout(patienceMillis);
    connection.setReadTimeout(patienceMillis);
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=%d-".formatted(have));
    }
    try {
      boolean rest = givesRest(connection, have);
      try (InputStream in = connection.getInputStream();
          OutputStream out =
              Files.newOutputStream(
                  part,
                  StandardOpenOption.CREATE,
                  rest ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
        copy(in, out, rest ? have : 0, file, progress);
      }
    } finally {
      connection.disconnect();
    }
  }

  /** Whether the answer is the rest of the file, not all of it. */
  private static boolean givesRest(HttpURLConnection connection, long have) throws IOException {
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_OK) {
      return false;
    }
    if (have > 0 && status == HttpURLConnection.HTTP_PARTIAL) {
      String range = connection.getHeaderField("Content-Range");
      if (range != null && range.startsWith("bytes %d-".formatted(have))) {
        return true;
      }
      throw new DamagedException("gave '%s' for the bytes from %d on".formatted(range, have));
    }
    if (have > 0 && status == 416) {
      throw new DamagedException("has no bytes from %d on".formatted(have));
    }
    throw new IOException("HTTP status %d".formatted(status));
  }

  private static void copy(
      InputStream in, OutputStream out, long from, RemoteFile file, DownloadProgress progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long bytes = from;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > file.bytes()) {
        throw new DamagedException("is longer than %d bytes".formatted(file.bytes()));
      }
      out.write(buffer, 0, read);
      progress.downloaded(file.name(), bytes, file.bytes());
    }
    if (bytes < file.bytes()) {
      throw new IOException("broke off after %d of %d bytes".formatted(bytes, file.bytes()));
    }
  }

  private static void verify(RemoteFile file, Path part) throws IOException {
    MessageDigest digest = RawSet.sha256Digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(part), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (!sha256.equals(file.sha256())) {
      throw new DamagedException("its SHA-256 is %s, must be %s".formatted(sha256, file.sha256()));
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "unknown host";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What is on disk is not the beginning of the file. */
  private static final class DamagedException extends IOException {
    DamagedException(String message) {
      super(message);
    }
  }
}
