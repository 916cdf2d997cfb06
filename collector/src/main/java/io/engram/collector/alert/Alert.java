package io.engram.collector.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert as it was told. It is the same alert as another with the same fingerprint; it is the
 * same occurrence if it began at the same time too.
 *
 * @param fingerprint what Alertmanager knows it by
 * @param startsAt when it began to fire
 * @param labels what it is told apart by, {@code alertname} among them, sorted
 * @param annotations what is said of it, sorted
 */
public record Alert(
    String fingerprint,
    Instant startsAt,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations) {
  public Alert {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** Its name. */
  public String name() {
    return valueOf(labels, "alertname");
  }

  /** Its severity as the rules give it, such as {@code critical}; empty where they do not. */
  public String severity() {
    return valueOf(labels, "severity");
  }

  /** The run that it is about; empty where it is about none. */
  public String run() {
    return valueOf(labels, "run");
  }

  boolean isSameOccurrence(Alert other) {
    return fingerprint.equals(other.fingerprint) && startsAt.equals(other.startsAt);
  }

  private static String valueOf(Map<String, String> texts, String key) {
    return texts.getOrDefault(key, "");
  }
}
