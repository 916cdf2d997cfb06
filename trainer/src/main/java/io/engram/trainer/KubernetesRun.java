package io.engram.trainer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Fills {@code kubernetes-run.yaml}, beside this class, in for a run. */
final class KubernetesRun {
  /** Names of Jobs are labels of their pods, of at most 63 characters. */
  private static final int LONGEST_NAME = 63 - "engram-".length();

  private static final String QUANTITY = "[1-9][0-9]*(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private KubernetesRun() {}

  /**
   * A ConfigMap, a PersistentVolumeClaim and a Job.
   *
   * @param source text of the run file
   * @param settings that go over it
   * @param image the trainer's, empty for that of its Dockerfile
   * @param storage size of the volume
   * @throws InvalidSettingException if a name or a size is none for Kubernetes
   */
  static String manifests(
      RunSpec spec, String source, List<String> settings, String image, String storage) {
    String run = spec.run().value();
    if (run.length() > LONGEST_NAME) {
      throw new InvalidSettingException(
          "run",
          "'%s' is too long for a Job: use at most %d characters".formatted(run, LONGEST_NAME));
    }
    if (!storage.matches(QUANTITY)) {
      throw new InvalidSettingException(
          "", "--storage '%s': use a size such as 5Gi".formatted(storage));
    }
    StringBuilder text = new StringBuilder();
    try (MappingIterator<ObjectNode> documents =
        YAML.readerFor(ObjectNode.class).readValues(template().replace("RUN", run))) {
      while (documents.hasNext()) {
        ObjectNode document = documents.next();
        fill(document, spec, source, settings, image, storage);
        text.append(YAML.writeValueAsString(document));
      }
    } catch (JacksonException e) {
      throw new IllegalStateException("the template is YAML", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void fill(
      ObjectNode document,
      RunSpec spec,
      String source,
      List<String> settings,
      String image,
      String storage) {
    switch (document.get("kind").asText()) {
      case "ConfigMap" -> at(document, "/data").put(spec.run() + ".yaml", source);
      case "PersistentVolumeClaim" ->
          at(document, "/spec/resources/requests").put("storage", storage);
      default -> {
        if (!spec.data().name().equals("glyphs")) {
          at(document, "/spec/template/metadata/labels").put("engram.io/downloads", "allowed");
        }
        ObjectNode container = at(document, "/spec/template/spec/containers/0");
        if (!image.isEmpty()) {
          container.put("image", image);
        }
        ArrayNode arguments = (ArrayNode) container.get("args");
        for (String setting : settings) {
          arguments.add("--set").add(setting.replace("$(", "$$("));
        }
      }
    }
  }

  private static ObjectNode at(JsonNode document, String path) {
    return (ObjectNode) document.at(path);
  }

  private static String template() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(KubernetesRun.class.getResourceAsStream("kubernetes-run.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
