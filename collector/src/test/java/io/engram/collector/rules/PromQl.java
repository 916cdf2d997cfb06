package io.engram.collector.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an expression asks for, as far as names tell. */
record PromQl(Set<String> metrics, List<Selector> selectors) {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern SELECTOR = Pattern.compile("(" + NAME + ")\\s*\\{([^}]*)}");
  private static final Pattern MATCHER =
      Pattern.compile("\\s*(" + NAME + ")\\s*(?:=~|!~|!=|=)\\s*[\"']([^\"']*)[\"']\\s*,?");
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern METRIC =
      Pattern.compile("(?<![a-zA-Z0-9_:.])" + NAME + "(?![a-zA-Z0-9_:]|\\s*\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "Inf");

  /**
   * A metric with what its labels must be.
   *
   * @param labels values by name, as they are written
   */
  record Selector(String metric, Map<String, String> labels) {}

  static PromQl of(String expression) {
    List<Selector> selectors = new ArrayList<>();
    SELECTOR
        .matcher(expression)
        .results()
        .forEach(found -> selectors.add(new Selector(found.group(1), matchers(found.group(2)))));
    Set<String> metrics = new LinkedHashSet<>();
    METRIC
        .matcher(NO_METRIC.matcher(expression).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .forEach(metrics::add);
    return new PromQl(metrics, selectors);
  }

  private static Map<String, String> matchers(String text) {
    Map<String, String> labels = new TreeMap<>();
    MATCHER.matcher(text).results().forEach(each -> labels.put(each.group(1), each.group(2)));
    if (!MATCHER.matcher(text).replaceAll("").isBlank()) {
      throw new IllegalArgumentException("cannot read the matchers {" + text + "}");
    }
    return labels;
  }
}
