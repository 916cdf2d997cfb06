package io.engram.trainer.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Follows the columns of a table through its transformations, as far as names go. */
final class TableFields {
  private final Set<String> fields;
  private final List<String> problems = new ArrayList<>();

  private TableFields(Set<String> fields) {
    this.fields = fields;
  }

  /**
   * @param fields labels of the answers, and {@code Value #A} for each target
   */
  static List<String> problems(JsonNode panel, Set<String> fields) {
    TableFields table = new TableFields(new TreeSet<>(fields));
    if (panel.path("targets").size() == 1) {
      table.fields.addAll(Set.of("Time", "Value"));
    }
    for (JsonNode transformation : panel.path("transformations")) {
      table.transform(transformation.path("id").asText(), transformation.path("options"));
    }
    for (JsonNode override : panel.at("/fieldConfig/overrides")) {
      if (override.at("/matcher/id").asText().equals("byName")) {
        table.demand(override.at("/matcher/options").asText());
      }
    }
    panel.at("/options/sortBy").forEach(by -> table.demand(by.path("displayName").asText()));
    return table.problems;
  }

  private void demand(String field) {
    if (!fields.contains(field)) {
      problems.add("no column %s among %s".formatted(field, fields));
    }
  }

  private void transform(String id, JsonNode options) {
    switch (id) {
      case "filterFieldsByName" -> {
        Pattern out = Pattern.compile(options.at("/exclude/pattern").asText());
        fields.removeIf(field -> out.matcher(field).find());
      }
      case "joinByField" -> demand(options.path("byField").asText());
      case "groupingToMatrix" -> toMatrix(options);
      case "organize" -> organize(options);
      case "sortBy" -> options.path("sort").forEach(by -> demand(by.path("field").asText()));
      case "merge" -> {}
      default -> problems.add("a transformation that is not known here: " + id);
    }
  }

  private void toMatrix(JsonNode options) {
    String row = options.path("rowField").asText();
    String column = options.path("columnField").asText();
    demand(row);
    demand(column);
    demand(options.path("valueField").asText());
    fields.clear();
    fields.add(row + "\\" + column);
  }

  /** Columns that a matrix has made of values cannot be known here. */
  private void organize(JsonNode options) {
    boolean matrix = fields.size() == 1;
    Iterator<String> ordered = options.path("indexByName").fieldNames();
    ordered.forEachRemaining(
        field -> {
          if (!matrix) {
            demand(field);
          }
        });
    Iterator<String> excluded = options.path("excludeByName").fieldNames();
    excluded.forEachRemaining(
        field -> {
          demand(field);
          fields.remove(field);
        });
    for (Map.Entry<String, JsonNode> renamed : options.path("renameByName").properties()) {
      if (!matrix || fields.contains(renamed.getKey())) {
        demand(renamed.getKey());
      }
      fields.remove(renamed.getKey());
      fields.add(renamed.getValue().asText());
    }
  }
}
