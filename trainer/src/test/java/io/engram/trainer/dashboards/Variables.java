package io.engram.trainer.dashboards;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grafana's variables in texts: {@code $name} and {@code ${name}}, with or without a format. */
final class Variables {
  private static final Pattern FORM = Pattern.compile("\\$(?:\\{([\\w.]+)(?::\\w+)?}|(\\w+))");

  /** Those that Grafana itself knows in queries, titles and links. */
  private static final Set<String> GRAFANAS =
      Set.of(
          "__rate_interval", "__interval", "__range", "__url_time_range", "__value.raw", "__all");

  private Variables() {}

  /** The names that a text uses and that neither Grafana nor the dashboard knows. */
  static Set<String> unknown(String text, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    Matcher used = FORM.matcher(text);
    while (used.find()) {
      String name = name(used);
      if (!known.contains(name) && !GRAFANAS.contains(name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  /**
   * A text with its variables replaced.
   *
   * @throws IllegalArgumentException naming it, if one has no value
   */
  static String replace(String text, Map<String, String> values) {
    return FORM.matcher(text)
        .replaceAll(
            used -> {
              String value = values.get(name(used));
              if (value == null) {
                throw new IllegalArgumentException("unknown variable " + name(used));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String name(MatchResult used) {
    return used.group(1) == null ? used.group(2) : used.group(1);
  }
}
