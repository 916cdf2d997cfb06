package io.engram.collector.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules and their tests as they stand in the files.
 *
 * @param alerts the alerting rules
 * @param recordings the recording rules
 * @param tests the groups of promtool's tests
 */
record RuleFiles(List<JsonNode> alerts, List<JsonNode> recordings, List<JsonNode> tests) {
  static final YAMLMapper YAML = new YAMLMapper();

  /** The shipped folder. */
  static final Path SHIPPED = Path.of("../dashboards");

  static RuleFiles read(Path dashboards) throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    List<JsonNode> recordings = new ArrayList<>();
    for (Path file : files(dashboards.resolve("prometheus/rules"))) {
      for (JsonNode group : YAML.readTree(file.toFile()).path("groups")) {
        group.path("rules").forEach(rule -> (rule.has("alert") ? alerts : recordings).add(rule));
      }
    }
    List<JsonNode> tests = new ArrayList<>();
    for (Path file : files(dashboards.resolve("prometheus/tests"))) {
      YAML.readTree(file.toFile()).path("tests").forEach(tests::add);
    }
    return new RuleFiles(alerts, recordings, tests);
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  List<String> alertNames() {
    return alerts.stream().map(rule -> rule.path("alert").asText()).toList();
  }
}
