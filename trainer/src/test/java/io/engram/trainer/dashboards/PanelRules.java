package io.engram.trainer.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a panel must say so that it can be read without its author. */
final class PanelRules {
  private static final Set<String> WITHOUT_LEGEND = Set.of("table", "barchart", "heatmap");

  private PanelRules() {}

  static List<String> problems(JsonNode panel) {
    List<String> problems = new ArrayList<>();
    String type = panel.path("type").asText();
    String description = panel.path("description").asText();
    if (description.length() < 40) {
      problems.add("no description");
    } else if (!description.matches("[A-Z].*[.]") || description.matches(".*[.!?] [A-Z].*")) {
      problems.add("its description is not one sentence");
    }
    JsonNode defaults = panel.at("/fieldConfig/defaults");
    if (defaults.path("unit").asText().isBlank()) {
      problems.add("no unit");
    }
    if (defaults.path("noValue").asText().isBlank()) {
      problems.add("nothing to say where there is no data");
    }
    if (type.equals("heatmap")) {
      boolean units =
          panel.at("/options/yAxis/unit").isTextual()
              && panel.at("/options/cellValues/unit").isTextual();
      if (!units) {
        problems.add("no unit for its axis and cells");
      }
    }
    boolean shown = panel.at("/options/legend/showLegend").asBoolean();
    if ((type.equals("timeseries") || type.equals("state-timeline")) && !shown) {
      problems.add("no legend");
    }
    for (JsonNode target : panel.path("targets")) {
      String legend = target.path("legendFormat").asText();
      boolean named = !legend.isBlank() && !legend.equals("__auto");
      if (!named && !WITHOUT_LEGEND.contains(type)) {
        problems.add("no legend of " + target.path("refId").asText());
      }
    }
    return problems;
  }
}
