package io.engram.trainer.spec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads run files. A run file is YAML; what it leaves out comes from {@code defaults.yaml} beside
 * this class, and {@code key=value} settings go over both. Every key must be known, every value of
 * the right type and possible: otherwise an {@link InvalidSettingException} names the key by its
 * path.
 */
public final class RunFiles {
  /** Run files that can be called by name, in {@code /runs} on the class path. */
  public static final List<String> SHIPPED =
      List.of(
          "live-clean",
          "live-noisy",
          "mnist-mlp",
          "mnist-noisy",
          "mnist-sensitivity",
          "mnist-svalidation",
          "cifar-noisy");

  private RunFiles() {}

  /**
   * Reads a shipped run by its name or a file by its path, which ends in {@code .yaml} or {@code
   * .yml}.
   *
   * @param settings {@code key=value}, the key a path such as {@code optimizer.learning_rate}, the
   *     value YAML
   * @throws InvalidSettingException if there is no such file, it is not YAML, or a setting is not
   *     possible
   */
  public static RunSpec read(String nameOrPath, List<String> settings) {
    if (!nameOrPath.endsWith(".yaml") && !nameOrPath.endsWith(".yml")) {
      return parse(nameOrPath, shipped(nameOrPath), settings);
    }
    Path path = Path.of(nameOrPath);
    String file = String.valueOf(path.getFileName());
    return parse(file.substring(0, file.lastIndexOf('.')), text(path), settings);
  }

  /**
   * The text of a shipped run, or of a file whose path ends in {@code .yaml} or {@code .yml}.
   *
   * @throws InvalidSettingException if there is none
   */
  public static String source(String nameOrPath) {
    boolean shipped = !nameOrPath.endsWith(".yaml") && !nameOrPath.endsWith(".yml");
    return shipped ? shipped(nameOrPath) : text(Path.of(nameOrPath));
  }

  /**
   * Reads the text of a run file.
   *
   * @param run id of the run where the text gives none
   */
  public static RunSpec parse(String run, String yaml, List<String> settings) {
    ObjectNode tree = SpecMapper.defaults();
    tree.put("run", run);
    merge(tree, mapping(run, yaml));
    settings.forEach(setting -> set(tree, setting));
    return SpecMapper.bind(tree);
  }

  private static String shipped(String name) {
    try (InputStream in = RunFiles.class.getResourceAsStream("/runs/" + name + ".yaml")) {
      if (in == null) {
        throw new InvalidSettingException(
            "",
            "there is no shipped run '%s'; name one of %s or a file that ends in .yaml"
                .formatted(name, String.join(", ", SHIPPED)));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new InvalidSettingException("", "cannot read the run file %s".formatted(path));
    }
  }

  private static ObjectNode mapping(String source, String yaml) {
    JsonNode node = yaml(source, yaml);
    if (node.isMissingNode() || node.isNull()) {
      return SpecMapper.emptyMapping();
    }
    if (node instanceof ObjectNode mapping) {
      return mapping;
    }
    throw new InvalidSettingException(
        "", "%s: must be a mapping of keys to values".formatted(source));
  }

  static JsonNode yaml(String source, String yaml) {
    try {
      return SpecMapper.tree(yaml);
    } catch (JacksonException e) {
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      String problem = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InvalidSettingException(
          "", "%s: not readable as YAML%s: %s".formatted(source, place, problem));
    }
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(
            entry -> {
              @Nullable JsonNode present = into.get(entry.getKey());
              if (present instanceof ObjectNode branch
                  && entry.getValue() instanceof ObjectNode more) {
                merge(branch, more);
              } else {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private static void set(ObjectNode tree, String setting) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      throw new InvalidSettingException(
          "", "--set %s: must be key=value, as in training.epochs=3".formatted(setting));
    }
    String[] path = setting.substring(0, equals).trim().split("\\.", -1);
    JsonNode value = yaml("--set " + setting, setting.substring(equals + 1));
    ObjectNode nested = SpecMapper.emptyMapping();
    nested.set(path[path.length - 1], value);
    for (int i = path.length - 2; i >= 0; i--) {
      ObjectNode outer = SpecMapper.emptyMapping();
      outer.set(path[i], nested);
      nested = outer;
    }
    merge(tree, nested);
  }
}
