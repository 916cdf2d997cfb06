package io.engram.events.wire;

import io.engram.events.RunCommand;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A command on its way to a run, as JSON: {@code {"command": "pause", "nonce":
 * "9f0c2b7a5e1d4c38a6b0d2f417e89c55", "expires": 1790000123456}}. It holds once, and not for long:
 * a message that is late or comes again is not carried out.
 *
 * @param command what the run is to do
 * @param nonce of this message alone: 32 hexadecimal digits
 * @param expiresMillis Unix time from which it no longer holds
 */
public record CommandMessage(RunCommand command, String nonce, long expiresMillis) {
  /**
   * Longer than anybody waits for the answer, so that clocks that differ by some seconds do not
   * matter.
   */
  public static final Duration HOLDS = Duration.ofSeconds(30);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  /**
   * @throws IllegalArgumentException if the nonce is none
   */
  public CommandMessage {
    if (!nonce.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("field nonce must be 32 hexadecimal digits");
    }
  }

  /** A new message that holds from now on. */
  public static CommandMessage of(RunCommand command, InstantSource clock) {
    byte[] nonce = new byte[BYTES];
    RANDOM.nextBytes(nonce);
    return new CommandMessage(
        command, HexFormat.of().formatHex(nonce), clock.millis() + HOLDS.toMillis());
  }

  /** Writes it. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("command", command.name().toLowerCase(Locale.ROOT))
        .put("nonce", nonce)
        .put("expires", expiresMillis);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a line that names the field, if one is missing or its
   *     value is not possible
   */
  public static CommandMessage fromJson(JsonObject json) {
    if (!(json.getValue("command") instanceof String name)
        || !(json.getValue("nonce") instanceof String nonce)
        || !(json.getValue("expires") instanceof Number expires)) {
      throw new IllegalArgumentException(
          "a command must have the fields command and nonce, texts, and expires, a number");
    }
    for (RunCommand command : RunCommand.values()) {
      if (command.name().toLowerCase(Locale.ROOT).equals(name)) {
        return new CommandMessage(command, nonce, expires.longValue());
      }
    }
    throw new IllegalArgumentException("unknown command '%s'".formatted(name));
  }
}
