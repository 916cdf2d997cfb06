package io.engram.events.access;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PEM files of one side of an encrypted connection.
 *
 * @param certificate its certificate, followed by those that vouch for it
 * @param key its private key, PKCS #8, not encrypted
 * @param authority certificates that vouch for the other side; null asks the other side for none
 */
public record TlsFiles(String certificate, String key, @Nullable String authority) {
  /**
   * @throws IllegalArgumentException if a file cannot be read, naming it
   */
  public void check() {
    check("certificate", certificate);
    check("key", key);
    if (authority != null) {
      check("authority", authority);
    }
  }

  private static void check(String what, String file) {
    if (!Files.isReadable(Path.of(file))) {
      throw new IllegalArgumentException(
          "TLS %s: there is no file %s that can be read; 'engram-collector certificates' makes them"
              .formatted(what, file));
    }
  }
}
