package io.engram.trainer.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a Prometheus server everything that a dashboard asks: variables, annotations, and every
 * target of every panel, whose answers must have the labels that its legend names. Not Grafana
 * itself: what it makes of the answers is not seen here.
 */
public final class DataCheck {
  private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  private final Questions questions;

  /**
   * @param from begin of the dashboards' time range
   * @param to its end
   * @param scrapes time between two scrapes
   */
  public DataCheck(Answers prometheus, Instant from, Instant to, Duration scrapes) {
    questions = new Questions(prometheus, from, to, scrapes);
  }

  /**
   * What was found of a dashboard.
   *
   * @param withData panels with which nothing is wrong
   * @param problems one line each
   */
  public record Found(int withData, List<String> problems) {}

  /** Asks for everything that a dashboard shows. */
  public Found check(Dashboard dashboard) throws Exception {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = values(dashboard, problems);
    int withData = 0;
    for (JsonNode annotation : dashboard.annotations()) {
      String name = "annotation " + annotation.path("name").asText();
      List<JsonNode> series =
          series(name, annotation.at("/target/expr").asText(), false, values, problems);
      name(annotation.path("titleFormat").asText(), series, name, problems);
    }
    for (JsonNode panel : dashboard.panels()) {
      List<String> wrong = new ArrayList<>();
      panel(panel, values, wrong);
      withData += wrong.isEmpty() ? 1 : 0;
      wrong.forEach(problem -> problems.add(panel.path("title").asText() + ": " + problem));
    }
    problems.replaceAll(problem -> dashboard.file() + ": " + problem);
    return new Found(withData, problems);
  }

  private Map<String, String> values(Dashboard dashboard, List<String> problems) throws Exception {
    Map<String, String> values = new HashMap<>(questions.grafanas());
    for (JsonNode variable : dashboard.variables()) {
      String name = variable.path("name").asText();
      if (variable.path("type").asText().equals("query")) {
        List<String> found = questions.labelValues(variable.path("definition").asText(), values);
        if (found.isEmpty()) {
          problems.add("variable %s has no value".formatted(name));
        }
        values.put(name, "(" + String.join("|", found) + ")");
      } else {
        values.put(name, variable.at("/current/value").asText());
      }
    }
    return values;
  }

  private void panel(JsonNode panel, Map<String, String> values, List<String> problems)
      throws Exception {
    Map<String, Integer> names = new TreeMap<>();
    Set<String> fields = new HashSet<>();
    for (JsonNode target : panel.path("targets")) {
      String letter = target.path("refId").asText();
      List<JsonNode> series =
          series(
              letter,
              target.path("expr").asText(),
              target.path("instant").asBoolean(),
              values,
              problems);
      name(target.path("legendFormat").asText(), series, letter, problems)
          .forEach(name -> names.merge(name, 1, Integer::sum));
      series.forEach(labels -> labels.fieldNames().forEachRemaining(fields::add));
      fields.add("Value #" + letter);
    }
    if (panel.has("transformations")) {
      problems.addAll(TableFields.problems(panel, fields));
      return;
    }
    names.forEach(
        (name, times) -> {
          if (times > 1) {
            problems.add("%d series are called '%s'".formatted(times, name));
          }
        });
    for (JsonNode override : panel.at("/fieldConfig/overrides")) {
      if (names.keySet().stream().noneMatch(name -> matches(override.path("matcher"), name))) {
        problems.add("no series is called " + override.at("/matcher/options").asText());
      }
    }
  }

  private static boolean matches(JsonNode matcher, String name) {
    String options = matcher.path("options").asText();
    return matcher.path("id").asText().equals("byRegexp")
        ? Pattern.compile(options.substring(1, options.length() - 1)).matcher(name).find()
        : options.equals(name);
  }

  private List<JsonNode> series(
      String of,
      String expression,
      boolean instant,
      Map<String, String> values,
      List<String> problems)
      throws Exception {
    List<JsonNode> series;
    try {
      series = questions.series(expression, instant, values);
    } catch (IllegalArgumentException | IllegalStateException e) {
      problems.add("%s: %s".formatted(of, e.getMessage()));
      return List.of();
    }
    if (series.isEmpty()) {
      problems.add("%s: no data for %s".formatted(of, expression));
    }
    return series;
  }

  /** What a legend makes of the labels of each series. */
  private static List<String> name(
      String legend, List<JsonNode> series, String of, List<String> problems) {
    List<String> names = new ArrayList<>();
    for (JsonNode labels : series) {
      StringBuilder name = new StringBuilder();
      Matcher used = IN_LEGEND.matcher(legend);
      while (used.find()) {
        String value = labels.path(used.group(1)).asText();
        if (value.isEmpty()) {
          problems.add("%s: no label %s at %s".formatted(of, used.group(1), labels));
        }
        used.appendReplacement(name, Matcher.quoteReplacement(value));
      }
      names.add(used.appendTail(name).toString());
    }
    return names;
  }
}
