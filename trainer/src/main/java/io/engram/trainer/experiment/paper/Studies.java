package io.engram.trainer.experiment.paper;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.trainer.experiment.grid.RunTemplate;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The shipped studies, in {@code /studies} on the class path, and their runs. */
final class Studies {
  /** By name, in the order in which they are run: the core first, additions last. */
  static final List<String> SHIPPED =
      List.of(
          "easy-hard",
          "loss-sensitivity",
          "s-validation",
          "time-to-convergence-size",
          "noise-levels",
          "capacity",
          "time-to-convergence-width",
          "regularizers",
          "filters",
          "s-validation-networks",
          "s-validation-gaussian",
          "s-validation-size",
          "s-validation-rmsprop",
          "discarding",
          "effective-capacity",
          "s-validation-shuffled-networks",
          "capacity-cifar");

  private static final String DIGITS = "mnist";

  private Studies() {}

  /** All of them, by name. */
  static Map<String, Study> all() {
    Map<String, Study> all = new LinkedHashMap<>();
    SHIPPED.forEach(name -> all.put(name, read(name)));
    return all;
  }

  private static Study read(String name) {
    String file = "/studies/" + name + ".yaml";
    try (InputStream in = Objects.requireNonNull(Studies.class.getResourceAsStream(file), file)) {
      return StrictYaml.read(
          file, new String(in.readAllBytes(), StandardCharsets.UTF_8), Study.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The runs of a grid at a scale, all conditions of the first seed before those of the second.
   *
   * @param here names of data sets; where MNIST is not among them, generated images stand in
   * @throws InvalidSettingException if a run cannot be as asked for
   */
  static List<Cell> cells(String name, Study study, Study.Scale scale, Set<String> here) {
    List<Map<String, String>> conditions = new ArrayList<>(List.of(Map.of()));
    for (Map.Entry<String, Map<String, JsonNode>> axis : axes(study).entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> condition : conditions) {
        for (String value :
            scale.axes().getOrDefault(axis.getKey(), List.copyOf(axis.getValue().keySet()))) {
          Map<String, String> extended = new LinkedHashMap<>(condition);
          extended.put(axis.getKey(), value);
          more.add(extended);
        }
      }
      conditions = more;
    }
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= scale.repetitions(); seed++) {
      for (Map<String, String> condition : conditions) {
        cells.add(cell(name, study, scale, condition, seed, here));
      }
    }
    return cells;
  }

  private static Map<String, Map<String, JsonNode>> axes(Study study) {
    return Objects.requireNonNull(study.axes());
  }

  private static Cell cell(
      String name,
      Study study,
      Study.Scale scale,
      Map<String, String> condition,
      int seed,
      Set<String> here) {
    RunTemplate template =
        new RunTemplate(Objects.requireNonNull(study.run()))
            .with("onset.keep_before=false")
            .with(scale.run());
    for (Map.Entry<String, String> at : condition.entrySet()) {
      template = template.with(axes(study).getOrDefault(at.getKey(), Map.of()).get(at.getValue()));
    }
    template = template.with("training.seed=" + seed);
    try {
      RunSpec spec = template.run("cell");
      boolean replaced = spec.data().name().equals(DIGITS) && !here.contains(DIGITS);
      return new Cell(
          name, condition, seed, replaced ? template.with("data.name=glyphs").run("cell") : spec);
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(
          "%s %s".formatted(name, condition), String.valueOf(e.getMessage()));
    }
  }
}
