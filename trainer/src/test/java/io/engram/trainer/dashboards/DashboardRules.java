package io.engram.trainer.dashboards;

import static io.engram.trainer.dashboards.Dashboard.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a dashboard without data: the rules of Grafana's dashboard-linter, and a few
 * of our own. Each problem is one line that names the panel.
 */
final class DashboardRules {
  private static final Pattern INTERNAL = Pattern.compile("^/d/([\\w-]*)");

  private final Dashboard dashboard;
  private final Set<String> uids;
  private final List<String> problems = new ArrayList<>();

  private DashboardRules(Dashboard dashboard, Set<String> uids) {
    this.dashboard = dashboard;
    this.uids = uids;
  }

  /**
   * @param uids those of all dashboards
   */
  static List<String> problems(Dashboard dashboard, Set<String> uids) {
    DashboardRules rules = new DashboardRules(dashboard, uids);
    rules.head();
    rules.variables();
    rules.texts();
    rules.grid();
    dashboard.annotations().forEach(rules::annotation);
    dashboard.all().forEach(rules::panel);
    return rules.problems;
  }

  private void require(boolean holds, String problem, Object... of) {
    if (!holds) {
      problems.add(dashboard.file() + ": " + problem.formatted(of));
    }
  }

  private void head() {
    JsonNode json = dashboard.json();
    require(json.has("id") && json.get("id").isNull(), "its id is not null");
    require(dashboard.uid().matches("engram-[a-z]+"), "uid %s", dashboard.uid());
    require(json.path("title").asText().startsWith("Engram / "), "its title");
    require(!json.path("description").asText().isBlank(), "no description");
    require(Set.of(41, 42).contains(json.path("schemaVersion").asInt()), "its schemaVersion");
    require(json.path("editable").isBoolean() && !json.path("editable").asBoolean(), "is editable");
    List<String> tags = elements(json.path("tags")).map(JsonNode::asText).toList();
    require(tags.contains("engram"), "has no tag engram");
    List<JsonNode> links = elements(json.path("links")).toList();
    require(
        links.stream()
            .filter(link -> link.path("type").asText().equals("dashboards"))
            .flatMap(link -> elements(link.path("tags")))
            .anyMatch(tag -> tag.asText().equals("engram")),
        "no link to the other dashboards");
    for (String url : List.of("${page}/", "${page}/runbook")) {
      require(links.stream().anyMatch(l -> l.path("url").asText().equals(url)), "no link " + url);
    }
  }

  private void variables() {
    Set<String> names = dashboard.variableNames();
    require(names.containsAll(Set.of("datasource", "job", "run")), "its variables are %s", names);
    for (JsonNode variable : dashboard.variables()) {
      String name = variable.path("name").asText();
      require(!variable.path("label").asText().isBlank(), "variable %s: no label", name);
      if (variable.path("type").asText().equals("query")) {
        datasource("variable " + name, variable);
        require(variable.path("multi").asBoolean(), "variable %s: not multi", name);
        require(variable.path("includeAll").asBoolean(), "variable %s: no All", name);
        require(variable.path("allValue").asText().equals(".+"), "variable %s: allValue", name);
        require(
            variable.at("/current/value/0").asText().equals("$__all"), "variable %s: All", name);
        require(variable.path("refresh").asInt() == 2, "variable %s: not refreshed", name);
        require(
            variable.path("definition").equals(variable.at("/query/query")),
            "variable %s: two definitions",
            name);
      }
    }
  }

  private void datasource(String what, JsonNode node) {
    boolean right =
        node.at("/datasource/type").asText().equals("prometheus")
            && node.at("/datasource/uid").asText().equals("${datasource}");
    require(right, "%s: its data source is not ${datasource}", what);
  }

  private void texts() {
    Set<String> known = dashboard.variableNames();
    for (String text : dashboard.texts()) {
      Set<String> unknown = Variables.unknown(text, known);
      require(unknown.isEmpty(), "unknown variable %s in: %s", unknown, text);
      Matcher internal = INTERNAL.matcher(text);
      if (internal.find()) {
        require(uids.contains(internal.group(1)), "no dashboard at %s", text);
      }
    }
  }

  private void grid() {
    Set<String> cells = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    dashboard
        .all()
        .forEach(
            panel -> {
              JsonNode at = panel.path("gridPos");
              String title = panel.path("title").asText();
              int x = at.path("x").asInt(-1);
              int y = at.path("y").asInt(-1);
              int w = at.path("w").asInt();
              int h = at.path("h").asInt();
              require(x >= 0 && y >= 0 && h >= 1 && x + w <= 24, "%s: outside the grid", title);
              require(w >= 6, "%s: too narrow to be read at 1280 pixels", title);
              boolean free = true;
              for (int column = x; column < x + w; column++) {
                for (int row = y; row < y + h; row++) {
                  free &= cells.add(column + "," + row);
                }
              }
              require(free, "%s: overlaps another panel", title);
              require(ids.add(panel.path("id").asInt()), "%s: its id is another's, too", title);
            });
  }

  private void annotation(JsonNode annotation) {
    String name = "annotation " + annotation.path("name").asText();
    datasource(name, annotation);
    expression(name, annotation.at("/target/expr").asText(), false);
  }

  private void panel(JsonNode panel) {
    String title = panel.path("title").asText();
    require(!title.isBlank(), "panel %s: no title", panel.path("id"));
    if (Dashboard.isRow(panel)) {
      return;
    }
    PanelRules.problems(panel).forEach(problem -> require(false, "%s: %s", title, problem));
    datasource(title, panel);
    Set<String> letters = new HashSet<>();
    for (JsonNode target : panel.path("targets")) {
      String of = "%s, %s".formatted(title, target.path("refId").asText());
      require(letters.add(target.path("refId").asText()), "%s: twice", of);
      datasource(of, target);
      expression(of, target.path("expr").asText(), target.path("instant").asBoolean());
    }
    require(!letters.isEmpty(), "%s: asks for nothing", title);
  }

  private void expression(String of, String expression, boolean instant) {
    List<Selector> selectors = SelectorScanner.scan(expression);
    require(!selectors.isEmpty(), "%s: asks for no metric", of);
    for (Selector selector : selectors) {
      String metric = selector.metric();
      String matchers = selector.matchers();
      require(matchers.contains("job=~\"$job\""), "%s: %s of any job", of, metric);
      require(
          matchers.contains("run=~\"$run\"") || matchers.contains("instance=~\"$instance\""),
          "%s: %s of any run and instance",
          of,
          metric);
      require(
          !selector.isCounter() || Set.of("rate", "increase").contains(selector.function()),
          "%s: counter %s without a rate",
          of,
          metric);
      Set<String> ranges =
          instant ? Set.of("", "$__rate_interval", "$__range") : Set.of("", "$__rate_interval");
      require(ranges.contains(selector.range()), "%s: a range of %s", of, selector.range());
    }
  }
}
