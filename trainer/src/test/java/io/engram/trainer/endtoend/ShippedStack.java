package io.engram.trainer.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configuration that is shipped, changed for a test in this one place only: where the others
 * are, and how often they are asked. Rules stay as they are.
 */
final class ShippedStack {
  /** The folder of what is shipped. */
  static final Path DASHBOARDS = Path.of("../dashboards");

  private static final String COLLECTOR = "engram:9464";
  private static final String COLLECTOR_FOR_PEOPLE = "127.0.0.1:9464";
  private static final String ALERTMANAGER = "alertmanager:9093";
  private static final Set<String> INTERVALS =
      Set.of(
          "scrape_interval",
          "scrape_timeout",
          "evaluation_interval",
          "group_wait",
          "group_interval");
  private static final YAMLMapper YAML = new YAMLMapper();

  private ShippedStack() {}

  /** Prometheus' configuration, with its rules beside it; everything happens every second. */
  static Path prometheus(Path folder, int collector, int alertmanager) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    try (Stream<Path> shipped = Files.list(DASHBOARDS.resolve("prometheus/rules"))) {
      for (Path file : shipped.toList()) {
        Files.copy(file, rules.resolve(file.getFileName()));
      }
    }
    return derive(
        "prometheus/prometheus.yml",
        folder,
        Map.of(COLLECTOR, collector, COLLECTOR_FOR_PEOPLE, collector, ALERTMANAGER, alertmanager));
  }

  /** Alertmanager's configuration; groups are told every second. */
  static Path alertmanager(Path folder, int collector) throws IOException {
    return derive("alertmanager/alertmanager.yml", folder, Map.of(COLLECTOR, collector));
  }

  /** A text in which the addresses for people are those of a test. */
  static String readdress(String text, int collector, int prometheus) {
    return text.replace(COLLECTOR_FOR_PEOPLE, "127.0.0.1:" + collector)
        .replace("127.0.0.1:9090", "127.0.0.1:" + prometheus);
  }

  private static Path derive(String shipped, Path folder, Map<String, Integer> ports)
      throws IOException {
    Path file = DASHBOARDS.resolve(shipped);
    JsonNode config = YAML.readTree(file.toFile());
    Map<String, Integer> times = new HashMap<>();
    JsonNode derived = derive(config, ports, times);
    for (String address : ports.keySet()) {
      if (times.getOrDefault(address, 0) != 1) {
        throw new IllegalStateException(
            "%s names %s %d times, not once".formatted(file, address, times.get(address)));
      }
    }
    return Files.writeString(folder.resolve(file.getFileName()), YAML.writeValueAsString(derived));
  }

  private static JsonNode derive(
      JsonNode node, Map<String, Integer> ports, Map<String, Integer> times) {
    if (node instanceof ObjectNode object) {
      for (String key : object.properties().stream().map(Map.Entry::getKey).toList()) {
        object.set(
            key,
            INTERVALS.contains(key)
                ? TextNode.valueOf("1s")
                : derive(object.get(key), ports, times));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, derive(array.get(i), ports, times));
      }
    } else if (node.isTextual()) {
      String text = node.textValue();
      for (Map.Entry<String, Integer> address : ports.entrySet()) {
        if (text.contains(address.getKey())) {
          times.merge(address.getKey(), 1, Integer::sum);
          text = text.replace(address.getKey(), "127.0.0.1:" + address.getValue());
        }
      }
      return TextNode.valueOf(text);
    }
    return node;
  }
}
