package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values and names are written in messages and in JSON. */
final class Words {
  private static final int LONGEST = 40;

  private Words() {}

  /** A value as it was sent, cut where it is long. */
  static String brief(Object value) {
    if (value instanceof JsonNode json && json.isContainerNode()) {
      return json.isObject() ? "an object" : "a list";
    }
    String text = String.valueOf(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** What a parser says, without what it says about itself. */
  static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  /** A constant's name in JSON. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
