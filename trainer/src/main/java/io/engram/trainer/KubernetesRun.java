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

  private static final int READABLE_BY_GROUP = 0440;
  private static final List<String> SECURED =
      List.of(
          "--tls-cert=/etc/engram-tls/tls.crt",
          "--tls-key=/etc/engram-tls/tls.key",
          "--token-file=/etc/engram-tokens/tokens",
          "--bus-tls-cert=/etc/engram-tls/tls.crt",
          "--bus-tls-key=/etc/engram-tls/tls.key",
          "--bus-ca=/etc/engram-tls/ca.crt");

  /**
   * @param image the trainer's, empty for that of its Dockerfile
   * @param storage size of the volume
   * @param secrets whether certificates and tokens are taken from Secrets
   */
  record Pod(String image, String storage, boolean secrets) {}

  private KubernetesRun() {}

  /**
   * A ConfigMap, a PersistentVolumeClaim and a Job.
   *
   * @param source text of the run file
   * @param settings that go over it
   * @param pod how it is run
   * @throws InvalidSettingException if a name or a size is none for Kubernetes
   */
  static String manifests(RunSpec spec, String source, List<String> settings, Pod pod) {
    String run = spec.run().value();
    if (run.length() > LONGEST_NAME) {
      throw new InvalidSettingException(
          "run",
          "'%s' is too long for a Job: use at most %d characters".formatted(run, LONGEST_NAME));
    }
    if (!pod.storage.matches(QUANTITY)) {
      throw new InvalidSettingException(
          "", "--storage '%s': use a size such as 5Gi".formatted(pod.storage));
    }
    StringBuilder text = new StringBuilder();
    try (MappingIterator<ObjectNode> documents =
        YAML.readerFor(ObjectNode.class).readValues(template().replace("RUN", run))) {
      while (documents.hasNext()) {
        ObjectNode document = documents.next();
        fill(document, spec, source, settings, pod);
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
      ObjectNode document, RunSpec spec, String source, List<String> settings, Pod pod) {
    switch (document.get("kind").asText()) {
      case "ConfigMap" -> at(document, "/data").put(spec.run() + ".yaml", source);
      case "PersistentVolumeClaim" ->
          at(document, "/spec/resources/requests").put("storage", pod.storage);
      default -> {
        if (!spec.data().name().equals("glyphs")) {
          at(document, "/spec/template/metadata/labels").put("engram.io/downloads", "allowed");
        }
        ObjectNode container = at(document, "/spec/template/spec/containers/0");
        if (!pod.image.isEmpty()) {
          container.put("image", pod.image);
        }
        if (pod.secrets) {
          secure(container, (ArrayNode) document.at("/spec/template/spec/volumes"));
        }
        ArrayNode arguments = (ArrayNode) container.get("args");
        for (String setting : settings) {
          arguments.add("--set").add(setting.replace("$(", "$$("));
        }
      }
    }
  }

  private static void secure(ObjectNode container, ArrayNode volumes) {
    ArrayNode arguments = (ArrayNode) container.get("args");
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).asText().equals("--insecure")) {
        arguments.remove(i);
      }
    }
    SECURED.forEach(arguments::add);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      at(container, "/" + probe + "/httpGet").put("scheme", "HTTPS");
    }
    for (String name : List.of("tls", "tokens")) {
      ((ArrayNode) container.get("volumeMounts"))
          .addObject()
          .put("name", name)
          .put("mountPath", "/etc/engram-" + name)
          .put("readOnly", true);
      volumes
          .addObject()
          .put("name", name)
          .putObject("secret")
          .put("secretName", "engram-" + name)
          .put("defaultMode", READABLE_BY_GROUP);
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
