package io.engram.collector.http;

import io.engram.collector.alert.Alert;
import io.engram.collector.alert.AlertNotification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what Alertmanager sends to a webhook, version 4, the one there has been since 0.4. Fields
 * that are not needed are not looked at, whatever they hold; one that is needed and is not as it
 * should be is refused with its name.
 */
final class NotificationReader {
  /** The most that a message may take, in bytes. */
  static final long LONGEST_BODY = 1024 * 1024;

  private static final String VERSION = "4";
  private static final int MOST_ALERTS = 1_000;
  private static final int MOST_TEXTS = 64;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_TEXT = 4_096;

  /** Names and values of labels and annotations together: what is held must be bounded. */
  private static final int LONGEST_ALERT = 8_192;

  private NotificationReader() {}

  /**
   * @throws BadRequestException naming the field and what would be right
   */
  static AlertNotification read(Buffer body) {
    JsonObject json;
    try {
      json = new JsonObject(body);
    } catch (DecodeException e) {
      throw BadRequestException.body("is not a JSON object: send what Alertmanager's webhook does");
    }
    String version = text(json, "", "version", LONGEST_NAME);
    if (!version.equals(VERSION)) {
      throw wrong("version", "is '" + version + "', must be '" + VERSION + "'");
    }
    String group = text(json, "", "groupKey", LONGEST_TEXT);
    boolean complete = true;
    if (json.getValue("truncatedAlerts") instanceof Number truncated) {
      complete = truncated.doubleValue() == 0;
    }
    if (!(json.getValue("alerts") instanceof JsonArray alerts)) {
      throw wrong("alerts", "must be a list");
    }
    if (alerts.size() > MOST_ALERTS) {
      throw wrong("alerts", "has %d, must have at most %d".formatted(alerts.size(), MOST_ALERTS));
    }
    List<Alert> firing = new ArrayList<>();
    List<Alert> resolved = new ArrayList<>();
    for (int i = 0; i < alerts.size(); i++) {
      String name = "alerts[" + i + "]";
      if (!(alerts.getValue(i) instanceof JsonObject alert)) {
        throw wrong(name, "must be an object");
      }
      (isFiring(alert, name) ? firing : resolved).add(alert(alert, name));
    }
    return new AlertNotification(group, complete, firing, resolved);
  }

  private static boolean isFiring(JsonObject alert, String name) {
    String status = text(alert, name, "status", LONGEST_NAME);
    return switch (status) {
      case "firing" -> true;
      case "resolved" -> false;
      default ->
          throw wrong(name + ".status", "is '" + status + "', must be 'firing' or 'resolved'");
    };
  }

  private static Alert alert(JsonObject json, String name) {
    SortedMap<String, String> labels = texts(json, name, "labels");
    if (labels.getOrDefault("alertname", "").isEmpty()) {
      throw wrong(name + ".labels.alertname", "is missing");
    }
    SortedMap<String, String> annotations = texts(json, name, "annotations");
    if (length(labels) + length(annotations) > LONGEST_ALERT) {
      throw wrong(
          name, "has labels and annotations of more than %d characters".formatted(LONGEST_ALERT));
    }
    return new Alert(
        text(json, name, "fingerprint", LONGEST_NAME), time(json, name), labels, annotations);
  }

  private static int length(SortedMap<String, String> texts) {
    return texts.entrySet().stream()
        .mapToInt(text -> text.getKey().length() + text.getValue().length())
        .sum();
  }

  private static Instant time(JsonObject json, String parent) {
    String text = text(json, parent, "startsAt", LONGEST_NAME);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw wrong(
          parent + ".startsAt", "is '" + text + "', must be a time such as 2026-01-31T12:00:00Z");
    }
  }

  private static SortedMap<String, String> texts(JsonObject json, String parent, String key) {
    String name = parent + "." + key;
    if (!(json.getValue(key) instanceof JsonObject object)) {
      throw wrong(name, "must be an object");
    }
    if (object.size() > MOST_TEXTS) {
      throw wrong(name, "has %d, must have at most %d".formatted(object.size(), MOST_TEXTS));
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (String each : object.fieldNames()) {
      if (each.length() > LONGEST_NAME) {
        throw wrong(name, "has a name longer than %d characters".formatted(LONGEST_NAME));
      }
      texts.put(each, value(object, name, each, LONGEST_TEXT));
    }
    return texts;
  }

  private static String text(JsonObject json, String parent, String key, int longest) {
    String text = value(json, parent, key, longest);
    if (text.isEmpty()) {
      throw wrong(path(parent, key), "is empty");
    }
    return text;
  }

  private static String value(JsonObject json, String parent, String key, int longest) {
    if (!(json.getValue(key) instanceof String text)) {
      throw wrong(path(parent, key), json.containsKey(key) ? "must be a text" : "is missing");
    }
    if (text.length() > longest) {
      throw wrong(path(parent, key), "is longer than %d characters".formatted(longest));
    }
    return text;
  }

  private static String path(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }

  private static BadRequestException wrong(String field, String problem) {
    return BadRequestException.field(field, problem);
  }
}
