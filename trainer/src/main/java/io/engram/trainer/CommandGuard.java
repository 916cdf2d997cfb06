package io.engram.trainer;

import io.engram.events.wire.CommandMessage;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which commands still hold: each once, and none after its time. What it remembers ends with
 * that time, so it is bounded by what can come in half a minute.
 */
final class CommandGuard {
  /** More than people send; beyond it the oldest is forgotten. */
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<String, Long> heard = new LinkedHashMap<>();

  CommandGuard(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes a command.
   *
   * @return why it is not to be carried out, or null if it is
   */
  @Nullable String objection(CommandMessage message) {
    long now = clock.millis();
    heard.values().removeIf(expires -> expires <= now);
    if (message.expiresMillis() <= now) {
      return "the command came %.1f s too late: it was not carried out (do the clocks agree?)"
          .formatted((now - message.expiresMillis()) / 1e3);
    }
    if (message.expiresMillis() > now + 2 * CommandMessage.HOLDS.toMillis()) {
      return "the command holds for longer than commands may: it was not carried out (do the clocks"
          + " agree?)";
    }
    if (heard.putIfAbsent(message.nonce(), message.expiresMillis()) != null) {
      return "the command came before: it was not carried out again";
    }
    if (heard.size() > MOST) {
      heard.remove(heard.keySet().iterator().next());
    }
    return null;
  }
}
