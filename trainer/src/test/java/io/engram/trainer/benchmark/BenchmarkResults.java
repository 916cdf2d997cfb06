package io.engram.trainer.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The file of all results: an array of {@code {name, value, unit, low, high, aim, better, date}}.
 * Rows of other names, and what else stands in them, are kept. A number that is not finite is
 * written as null.
 */
final class BenchmarkResults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  BenchmarkResults(Path file) {
    this.file = file;
  }

  /**
   * Puts rows in place of those of the same name, and new ones at the end.
   *
   * @throws IOException if the file cannot be read or written, or does not hold an array
   */
  void put(List<BenchmarkRow> rows, LocalDate date) throws IOException {
    List<JsonNode> all = read();
    for (BenchmarkRow row : rows) {
      ObjectNode node = json(row, date);
      int at = 0;
      while (at < all.size() && !row.name().equals(all.get(at).path("name").textValue())) {
        at++;
      }
      if (at < all.size()) {
        all.set(at, node);
      } else {
        all.add(node);
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        all.stream()
            .map(JsonNode::toString)
            .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n")));
  }

  private List<JsonNode> read() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    if (Files.exists(file)) {
      JsonNode array = JSON.readTree(file.toFile());
      if (!array.isArray()) {
        throw new IOException(file + " does not hold an array of benchmark rows; remove it");
      }
      array.forEach(rows::add);
    }
    return rows;
  }

  private static ObjectNode json(BenchmarkRow row, LocalDate date) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", row.name());
    node.set("value", number(row.estimate().value()));
    node.put("unit", row.unit());
    node.set("low", number(row.estimate().low()));
    node.set("high", number(row.estimate().high()));
    node.set("aim", number(row.aim()));
    node.put("better", row.better().name().toLowerCase(Locale.ROOT));
    node.put("date", date.toString());
    return node;
  }

  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? JsonNodeFactory.instance.numberNode(value)
        : JsonNodeFactory.instance.nullNode();
  }
}
