package io.engram.events.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What is kept of a token: its SHA-256 and what it opens, never the token itself. As text {@code
 * sha256:<64 hexadecimal digits> read|all}, a line of a token file.
 *
 * <p>Tokens that {@link #generate} makes have 256 random bits, so a plain hash cannot be searched
 * back; a token of a person's choice must be at least 32 characters long.
 *
 * @param digest SHA-256 of the token's UTF-8, 64 hexadecimal digits
 * @param scope what it opens
 */
public record AccessToken(String digest, Scope scope) {
  private static final String PREFIX = "sha256:";
  private static final int SHORTEST = 32;
  private static final int BYTES = 32;

  /**
   * @throws IllegalArgumentException if the digest is none
   */
  public AccessToken {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a token's hash must be sha256: and 64 hexadecimal digits, as 'engram-collector token'"
              + " prints it");
    }
  }

  /** A new token, in letters that need no quoting anywhere. */
  public static String generate() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return "engram_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * What is kept of a token.
   *
   * @throws IllegalArgumentException if it is shorter than 32 characters
   */
  public static AccessToken of(String token, Scope scope) {
    if (token.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "a token must be at least %d characters long, this one has %d: 'engram-collector token' makes one"
              .formatted(SHORTEST, token.length()));
    }
    return new AccessToken(HexFormat.of().formatHex(sha256(token)), scope);
  }

  /**
   * Reads its text form.
   *
   * @throws IllegalArgumentException if it is none, saying what would be right
   */
  public static AccessToken parse(String line) {
    String[] parts = line.strip().split("\\s+", -1);
    if (parts.length != 2 || !parts[0].startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "must be 'sha256:<hash> read' or 'sha256:<hash> all', as 'engram-collector token' prints"
              + " it");
    }
    return new AccessToken(parts[0].substring(PREFIX.length()), Scope.of(parts[1]));
  }

  /** Whether the hash of a token is this one; takes the same time whichever bytes differ. */
  boolean matches(byte[] sha256) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(digest), sha256);
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + digest + " " + scope;
  }
}
