package io.engram.trainer.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration that is shipped, changed for a test in this one place only. */
final class PrometheusConfig {
  private static final Path SHIPPED = Path.of("../dashboards/prometheus/prometheus.yml");
  private static final String SHIPPED_TARGET = "engram:9464";
  private static final YAMLMapper YAML = new YAMLMapper();

  private PrometheusConfig() {}

  /** Writes the shipped configuration with another target, scraped every second. */
  static Path forTest(Path folder, int port) throws IOException {
    ObjectNode config = (ObjectNode) YAML.readTree(SHIPPED.toFile());
    ObjectNode global = (ObjectNode) config.get("global");
    global.put("scrape_interval", "1s").put("scrape_timeout", "1s");
    int replaced = 0;
    for (JsonNode job : config.get("scrape_configs")) {
      for (JsonNode group : job.get("static_configs")) {
        ArrayNode targets = (ArrayNode) group.get("targets");
        for (int i = 0; i < targets.size(); i++) {
          if (targets.get(i).textValue().equals(SHIPPED_TARGET)) {
            targets.set(i, "127.0.0.1:" + port);
            replaced++;
          }
        }
      }
    }
    if (replaced != 1) {
      throw new IllegalStateException(
          "%s names the target %s %d times, not once".formatted(SHIPPED, SHIPPED_TARGET, replaced));
    }
    return Files.writeString(folder.resolve("prometheus.yml"), YAML.writeValueAsString(config));
  }
}
