package io.engram.events.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with a token's hash on each line; empty lines and those that begin with # are skipped. */
final class TokenFile {
  private TokenFile() {}

  /**
   * @throws IllegalArgumentException if it cannot be read, holds no token or a line that is none,
   *     naming file and line
   */
  static List<AccessToken> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "token file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    List<AccessToken> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          tokens.add(AccessToken.parse(line));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "token file %s, line %d: %s".formatted(file, i + 1, e.getMessage()), e);
        }
      }
    }
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "token file %s holds no token: add one with 'engram-collector token'".formatted(file));
    }
    return tokens;
  }
}
