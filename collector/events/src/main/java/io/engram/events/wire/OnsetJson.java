package io.engram.events.wire;

import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunId;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@link OnsetDetected} and its answer as JSON, so that a trainer in any language can hear it.
 *
 * <pre>
 * {"version": 1, "run": "mnist-noisy", "incarnation": 1790000000000, "channel": "onset",
 *  "detector": "canary_rank", "epoch": 3, "step": 1407, "spacing": 117, "evidence": 4.5,
 *  "threshold": 3.75, "estimatedStep": 1290, "reason": "…", "timestamp": 1790000123456}
 *
 * {"version": 1, "action": "pause", "step": 1409}
 * </pre>
 *
 * <p>{@code estimatedStep} is left out where there is none. Within version 1 fields may be added,
 * and readers ignore those that they do not know; any other change is a new version.
 */
public final class OnsetJson {
  private static final long VERSION = 1;

  private OnsetJson() {}

  /** Writes an alarm. */
  public static JsonObject of(OnsetDetected onset) {
    JsonObject json =
        new JsonObject()
            .put("version", VERSION)
            .put("run", onset.run().value())
            .put("incarnation", onset.incarnation())
            .put("channel", onset.channel().label())
            .put("detector", onset.detector())
            .put("epoch", onset.epoch())
            .put("step", onset.step())
            .put("spacing", onset.spacing())
            .put("evidence", onset.evidence())
            .put("threshold", onset.threshold());
    if (onset.isEstimated()) {
      json.put("estimatedStep", onset.estimatedStep());
    }
    return json.put("reason", onset.reason()).put("timestamp", onset.timestampMillis());
  }

  /**
   * Reads an alarm.
   *
   * @throws IllegalArgumentException with a line that names the field, if the version is not 1, a
   *     field is missing or its value is not possible
   */
  public static OnsetDetected detected(JsonObject json) {
    requireVersion(json);
    return new OnsetDetected(
        run(json),
        whole(json, "incarnation"),
        constant(json, "channel", OnsetChannel.class, OnsetChannel::label),
        text(json, "detector"),
        (int) whole(json, "epoch", Integer.MAX_VALUE),
        whole(json, "step"),
        whole(json, "spacing"),
        number(json, "evidence"),
        number(json, "threshold"),
        json.getValue("estimatedStep") == null
            ? OnsetDetected.NO_ESTIMATE
            : whole(json, "estimatedStep"),
        text(json, "reason"),
        whole(json, "timestamp"));
  }

  /** Writes an answer. */
  public static JsonObject of(OnsetAnswered answer) {
    return new JsonObject()
        .put("version", VERSION)
        .put("action", answer.action().label())
        .put("step", answer.step());
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException as {@link #detected}
   */
  public static OnsetAnswered answered(JsonObject json) {
    requireVersion(json);
    return new OnsetAnswered(
        constant(json, "action", OnsetAction.class, OnsetAction::label), whole(json, "step"));
  }

  private static void requireVersion(JsonObject json) {
    long version = whole(json, "version");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version is %d, this program reads version %d".formatted(version, VERSION));
    }
  }

  private static RunId run(JsonObject json) {
    try {
      return new RunId(text(json, "run"));
    } catch (IllegalArgumentException e) {
      throw wrong(json, "run", "the id of a run");
    }
  }

  private static String text(JsonObject json, String field) {
    if (json.getValue(field) instanceof String text) {
      return text;
    }
    throw wrong(json, field, "a text");
  }

  private static long whole(JsonObject json, String field) {
    return whole(json, field, Long.MAX_VALUE);
  }

  private static long whole(JsonObject json, String field, long most) {
    Object value = json.getValue(field);
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= 0
        && ((Number) value).longValue() <= most) {
      return ((Number) value).longValue();
    }
    throw wrong(json, field, "a whole number from 0 to " + most);
  }

  private static double number(JsonObject json, String field) {
    if (json.getValue(field) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(json, field, "a finite number");
  }

  private static <E extends Enum<E>> E constant(
      JsonObject json, String field, Class<E> type, Function<E, String> label) {
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (label.apply(constant).equals(json.getValue(field))) {
        return constant;
      }
    }
    throw wrong(
        json,
        field,
        "one of " + Arrays.stream(constants).map(label).collect(Collectors.joining(", ")));
  }

  private static IllegalArgumentException wrong(JsonObject json, String field, String right) {
    @Nullable Object value = json.getValue(field);
    String found =
        value == null
            ? "is missing"
            : value instanceof String || value instanceof Number
                ? "is not possible"
                : "is a " + value.getClass().getSimpleName();
    return new IllegalArgumentException("%s %s, must be %s".formatted(field, found, right));
  }
}
