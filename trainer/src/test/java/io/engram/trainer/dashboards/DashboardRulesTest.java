package io.engram.trainer.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Grafana's linter and our own, and that they find what they forbid. */
class DashboardRulesTest {
  private static final Set<String> WITH_A_COLOUR =
      Set.of("train", "training", "validation", "holdout", "canary", "ghost", "clean", "flipped");

  private static Set<String> uids() throws IOException {
    return Dashboard.shipped().stream().map(Dashboard::uid).collect(Collectors.toSet());
  }

  @Test
  void everyDashboardKeepsTheRules() throws IOException {
    List<Dashboard> dashboards = Dashboard.shipped();
    assertThat(dashboards).hasSize(6);
    assertThat(uids()).hasSize(6);
    for (Dashboard dashboard : dashboards) {
      assertThat(DashboardRules.problems(dashboard, uids())).isEmpty();
    }
  }

  @Test
  void aSplitHasTheSameColourEverywhere() throws IOException {
    Map<String, Set<String>> colours = new TreeMap<>();
    for (Dashboard dashboard : Dashboard.shipped()) {
      for (JsonNode panel : dashboard.panels()) {
        for (JsonNode override : panel.at("/fieldConfig/overrides")) {
          String name = override.at("/matcher/options").asText();
          if (WITH_A_COLOUR.contains(name)) {
            Dashboard.elements(override.path("properties"))
                .filter(property -> property.path("id").asText().equals("color"))
                .map(property -> property.at("/value/fixedColor").asText())
                .forEach(c -> colours.computeIfAbsent(name, n -> new TreeSet<>()).add(c));
          }
        }
      }
    }
    assertThat(colours.keySet()).isEqualTo(new TreeSet<>(WITH_A_COLOUR));
    assertThat(colours.values()).allSatisfy(one -> assertThat(one).hasSize(1));
    assertThat(colours.get("train")).isEqualTo(colours.get("training"));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("is editable", d -> d.put("editable", true)),
        mistake("id is not null", d -> d.put("id", 7)),
        mistake("uid", d -> d.put("uid", "")),
        mistake("schemaVersion", d -> d.put("schemaVersion", 16)),
        mistake("no tag", d -> d.putArray("tags")),
        mistake("no link to the other dashboards", d -> d.putArray("links")),
        mistake("no link ${page}/runbook", d -> ((ArrayNode) d.get("links")).remove(2)),
        mistake("not refreshed", d -> variable(d, "run").put("refresh", 1)),
        mistake("not multi", d -> variable(d, "run").put("multi", false)),
        mistake("no All", d -> variable(d, "job").put("includeAll", false)),
        mistake(
            "two definitions", d -> variable(d, "job").put("definition", "label_values(up, job)")),
        mistake("its variables are", d -> variable(d, "job").put("name", "jobs")),
        mistake("unknown variable [job]", d -> variable(d, "job").put("name", "jobs")),
        panel("no title", p -> p.put("title", " ")),
        panel("no description", p -> p.remove("description")),
        panel(
            "not one sentence",
            p -> p.put("description", "A first sentence of this panel. Then there is a second.")),
        panel("no unit", p -> defaults(p).remove("unit")),
        panel("nothing to say where there is no data", p -> defaults(p).remove("noValue")),
        panel("data source is not", p -> p.withObject("/datasource").put("uid", "mine")),
        panel("no legend", p -> p.withObject("/options/legend").put("showLegend", false)),
        panel("no legend of A", p -> target(p).put("legendFormat", "__auto")),
        panel("asks for nothing", p -> p.putArray("targets")),
        panel("overlaps", p -> p.withObject("/gridPos").put("y", 0).put("x", 0)),
        panel("outside the grid", p -> p.withObject("/gridPos").put("x", 20)),
        panel("too narrow", p -> p.withObject("/gridPos").put("w", 4)),
        panel("its id is another's", p -> p.put("id", 1)),
        panel("unknown variable [runs]", p -> p.put("title", "Loss of $runs")),
        panel("without a rate", p -> ask(p, "sum by (run) (engram_steps_total{%s})")),
        panel("a range of 5m", p -> ask(p, "sum by (run) (rate(engram_steps_total{%s}[5m]))")),
        panel("of any job", p -> target(p).put("expr", "engram_epoch{run=~\"$run\"}")),
        panel("of any run", p -> target(p).put("expr", "engram_epoch{job=~\"$job\"}")),
        panel("asks for no metric", p -> target(p).put("expr", "1")),
        panel(
            "no dashboard at /d/engram-other",
            p ->
                defaults(p)
                    .putArray("links")
                    .addObject()
                    .put("url", "/d/engram-other/?var-run=x")));
  }

  private static Arguments mistake(String said, Consumer<ObjectNode> mistake) {
    return Arguments.of(said, mistake);
  }

  /** In the second panel, a curve. */
  private static Arguments panel(String said, Consumer<ObjectNode> mistake) {
    return mistake(said, d -> mistake.accept((ObjectNode) d.get("panels").get(5)));
  }

  private static ObjectNode defaults(ObjectNode panel) {
    return panel.withObject("/fieldConfig/defaults");
  }

  private static ObjectNode target(ObjectNode panel) {
    return (ObjectNode) panel.get("targets").get(0);
  }

  private static void ask(ObjectNode panel, String expression) {
    target(panel).put("expr", expression.formatted("job=~\"$job\", run=~\"$run\""));
  }

  private static ObjectNode variable(ObjectNode dashboard, String name) {
    return (ObjectNode)
        Dashboard.elements(dashboard.at("/templating/list"))
            .filter(variable -> variable.path("name").asText().equals(name))
            .findFirst()
            .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsFound(String said, Consumer<ObjectNode> mistake) throws IOException {
    Dashboard dashboard =
        Dashboard.shipped().stream()
            .filter(d -> d.file().equals("runs-overview.json"))
            .findFirst()
            .orElseThrow();
    mistake.accept((ObjectNode) dashboard.json());
    assertThat(DashboardRules.problems(dashboard, uids()))
        .anyMatch(problem -> problem.contains(said));
  }

  @Test
  void selectorsAreFoundInAnExpression() {
    assertThat(
            SelectorScanner.scan(
                "sum by (run, up) (rate(a_total{x=\"}\", y=~\"b|c\"}[5m])) / on (run)"
                    + " group_left (z) max(b{} offset 5m) unless c > 1e-9 or vector(0)"))
        .containsExactly(
            new Selector("a_total", "x=\"}\", y=~\"b|c\"", "5m", "rate"),
            new Selector("b", "", "", "max"),
            new Selector("c", "", "", ""));
  }
}
