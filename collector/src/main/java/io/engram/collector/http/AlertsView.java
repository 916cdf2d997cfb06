package io.engram.collector.http;

import io.engram.collector.alert.Alert;
import io.engram.collector.alert.AlertsSnapshot;
import io.engram.collector.alert.EndedAlert;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The alerts as JSON. */
record AlertsView(List<Shown> firing, List<Shown> ended, long leftOut) {
  /**
   * @param run the run that it is about; empty where it is about none
   * @param runbookUrl where to read on; empty unless it is an http or https address
   * @param startsAtMillis when it began to fire, milliseconds since 1970
   * @param end {@code resolved}, {@code silenced} or {@code unheard}; null while it fires
   * @param endedAtMillis when the collector heard that it ended; null while it fires
   */
  record Shown(
      String fingerprint,
      String name,
      String severity,
      String run,
      String summary,
      String description,
      String runbookUrl,
      long startsAtMillis,
      @Nullable String end,
      @Nullable Long endedAtMillis,
      Map<String, String> labels) {
    private static Shown of(Alert alert, @Nullable EndedAlert ended) {
      Map<String, String> said = alert.annotations();
      return new Shown(
          alert.fingerprint(),
          alert.name(),
          alert.severity(),
          alert.run(),
          said.getOrDefault("summary", ""),
          said.getOrDefault("description", ""),
          address(said.getOrDefault("runbook_url", "")),
          alert.startsAt().toEpochMilli(),
          ended == null ? null : ended.end().label(),
          ended == null ? null : ended.endedAt().toEpochMilli(),
          alert.labels());
    }
  }

  static AlertsView of(AlertsSnapshot alerts) {
    return new AlertsView(
        alerts.firing().stream().map(alert -> Shown.of(alert, null)).toList(),
        alerts.ended().stream().map(one -> Shown.of(one.alert(), one)).toList(),
        alerts.leftOut());
  }

  /** What may stand behind a link: a script may not. */
  private static String address(String text) {
    try {
      String scheme = String.valueOf(URI.create(text).getScheme()).toLowerCase(Locale.ROOT);
      return scheme.equals("http") || scheme.equals("https") ? text : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
