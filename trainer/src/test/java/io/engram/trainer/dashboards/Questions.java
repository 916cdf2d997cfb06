package io.engram.trainer.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a Prometheus server as Grafana would.
 *
 * @param prometheus the server
 * @param from begin of the dashboards' time range
 * @param to its end
 * @param scrapes time between two scrapes, also between two points of a curve
 */
record Questions(Answers prometheus, Instant from, Instant to, Duration scrapes) {
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?<selector>.+), (?<label>\\w+)\\)");

  /** The variables that Grafana sets by itself. */
  Map<String, String> grafanas() {
    return Map.of(
        "__interval", seconds(scrapes),
        "__rate_interval", seconds(scrapes.multipliedBy(4)),
        "__range", seconds(Duration.between(from, to)));
  }

  /** The values of a variable that is defined by {@code label_values(metric, label)}. */
  List<String> labelValues(String definition, Map<String, String> values) throws Exception {
    Matcher parts = LABEL_VALUES.matcher(definition);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not label_values(metric, label): " + definition);
    }
    JsonNode found =
        prometheus.ask(
            "label/" + parts.group("label") + "/values",
            Map.of(
                "match[]", Variables.replace(parts.group("selector"), values),
                "start", at(from),
                "end", at(to)));
    return Dashboard.elements(found).map(JsonNode::asText).toList();
  }

  /**
   * The labels of the series that have a number somewhere in the time range, or at its end.
   *
   * @throws IllegalArgumentException if a variable is unknown
   * @throws IllegalStateException if the server refuses the expression
   */
  List<JsonNode> series(String expression, boolean instant, Map<String, String> values)
      throws Exception {
    String query = Variables.replace(expression, values);
    JsonNode answer =
        instant
            ? prometheus.ask("query", Map.of("query", query, "time", at(to)))
            : prometheus.ask(
                "query_range",
                Map.of("query", query, "start", at(from), "end", at(to), "step", seconds(scrapes)));
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode series : answer.path("result")) {
      boolean numbers =
          series.has("value")
              ? isNumber(series.path("value"))
              : Dashboard.elements(series.path("values")).anyMatch(Questions::isNumber);
      if (numbers) {
        found.add(series.path("metric"));
      }
    }
    return found;
  }

  private static boolean isNumber(JsonNode sample) {
    return !sample.path(1).asText().equals("NaN");
  }

  private static String at(Instant time) {
    return Double.toString(time.toEpochMilli() / 1000.0);
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
