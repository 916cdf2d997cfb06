package io.engram.trainer.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard as Grafana's classic JSON. */
public record Dashboard(String file, JsonNode json) {
  /** Where those that are shipped lie, seen from a module. */
  public static final Path FOLDER = Path.of("../dashboards/grafana");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those that are shipped, by name. */
  public static List<Dashboard> shipped() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another text instead of the first that is like {@code text} in its JSON. */
  public Dashboard with(String text, String other) {
    String before = json.toString();
    String after = before.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(other));
    if (before.equals(after)) {
      throw new IllegalArgumentException("%s does not hold %s".formatted(file, text));
    }
    try {
      return new Dashboard(file, JSON.readTree(after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uid() {
    return json.path("uid").asText();
  }

  /** Panels without the rows that they stand in. */
  public List<JsonNode> panels() {
    return all().filter(panel -> !isRow(panel)).toList();
  }

  /** Panels and rows. */
  Stream<JsonNode> all() {
    return elements(json.path("panels"))
        .flatMap(panel -> Stream.concat(Stream.of(panel), elements(panel.path("panels"))));
  }

  static boolean isRow(JsonNode panel) {
    return panel.path("type").asText().equals("row");
  }

  List<JsonNode> variables() {
    return elements(json.at("/templating/list")).toList();
  }

  /** Annotations that are asked for, without Grafana's own. */
  List<JsonNode> annotations() {
    return elements(json.at("/annotations/list")).filter(a -> !a.has("builtIn")).toList();
  }

  Set<String> variableNames() {
    Set<String> names = new TreeSet<>();
    variables().forEach(variable -> names.add(variable.path("name").asText()));
    return names;
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Every text in it, wherever it stands. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    visit(json, texts::add);
    return texts;
  }

  private static void visit(JsonNode node, Consumer<String> texts) {
    if (node.isTextual()) {
      texts.accept(node.textValue());
    }
    node.forEach(child -> visit(child, texts));
  }
}
