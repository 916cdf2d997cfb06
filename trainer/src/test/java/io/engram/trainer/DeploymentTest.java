package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.engram.events.Tools;
import io.engram.trainer.spec.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The files around the code agree with it and with each other. */
final class DeploymentTest {
  private static final Path ROOT = Path.of("..");
  private static final String PORT =
      new CommandLine(LiveCommand.class).getCommandSpec().findOption("--port").defaultValue();

  @Test
  void promtoolTakesTheScrapeConfiguration() throws Exception {
    Path configuration = ROOT.resolve("dashboards/prometheus/prometheus.yml");
    Tools.run(Tools.require("promtool"), "check", "config", configuration.toString());
  }

  @Test
  void kustomizeRendersTheJobAndItsService() throws Exception {
    Path kubectl = Tools.require("kubectl");
    String rendered = Tools.run(kubectl, "kustomize", ROOT.resolve("k8s/base").toString());
    assertThat(documents(rendered))
        .extracting(document -> document.at("/kind").asText())
        .containsExactlyInAnyOrder("Job", "Service");
  }

  @ParameterizedTest
  @CsvSource({"trainer, engram", "collector, engram-collector"})
  void imagesHoldWhatTheBuildMakes(String module, String jar) throws IOException {
    assertThat(text(module + "/pom.xml")).contains("<finalName>" + jar + "</finalName>");
    assertThat(text(module + "/Dockerfile"))
        .contains("COPY target/lib /opt/engram/lib\nCOPY target/" + jar + ".jar /opt/engram/\n")
        .contains("\"-jar\", \"/opt/engram/" + jar + ".jar\"]")
        .contains("EXPOSE " + PORT + "\n");
    assertThat(text(module + "/.dockerignore")).contains("!target/lib\n!target/" + jar + ".jar\n");
    String version = find("<version>(.*)-SNAPSHOT</version>", text("pom.xml"));
    assertThat(image(module)).isEqualTo("engram-%s:%s".formatted(module, version));
  }

  @Test
  void composeBuildsItsImagesAndServesOnLoopbackOnly() throws IOException {
    JsonNode services = yaml("docker-compose.yml").at("/services");
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode definition = service.getValue();
      if (definition.has("build")) {
        String module = definition.at("/build").asText();
        assertThat(definition.at("/image").asText()).isEqualTo(image(module));
      }
      assertThat(strings(definition.at("/ports")))
          .isNotEmpty()
          .allMatch(port -> port.startsWith("127.0.0.1:"));
      assertThat(strings(definition.at("/volumes")))
          .allMatch(v -> !v.startsWith(".") || Files.exists(ROOT.resolve(v.split(":", 2)[0])));
    }
    assertThat(strings(services.at("/engram/ports")))
        .containsExactly("127.0.0.1:%s:%s".formatted(PORT, PORT));
    assertThat(strings(services.at("/engram/volumes"))).containsExactly("engram:" + stateFolder());
    parse(strings(services.at("/engram/command")));
    assertThat(yaml("dashboards/prometheus/prometheus.yml").findValue("targets"))
        .extracting(JsonNode::asText)
        .containsExactly("engram:" + PORT);
  }

  @Test
  void theJobRunsTheImageAsItIsMade() throws IOException {
    JsonNode pod = yaml("k8s/base/trainer-job.yaml").at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    assertThat(container.at("/image").asText()).isEqualTo(image("trainer"));
    assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(PORT);
    assertThat(container.at("/volumeMounts/0/mountPath").asText()).isEqualTo(stateFolder());
    assertThat(container.at("/volumeMounts/0/name")).isEqualTo(pod.at("/volumes/0/name"));
    assertThat(pod.at("/securityContext/runAsUser").asText() + ":10001")
        .isEqualTo(find("\nUSER (.*)\n", text("trainer/Dockerfile")));
    List<String> arguments = strings(container.at("/args"));
    parse(arguments);
    RunFiles.read(arguments.get(1), List.of());
  }

  @Test
  void theServiceFindsTheJobsPod() throws IOException {
    JsonNode service = yaml("k8s/base/trainer-service.yaml").at("/spec");
    JsonNode pod = yaml("k8s/base/trainer-job.yaml").at("/spec/template");
    assertThat(service.at("/selector")).isEqualTo(pod.at("/metadata/labels"));
    assertThat(service.at("/ports/0/port").asText()).isEqualTo(PORT);
    assertThat(service.at("/ports/0/targetPort"))
        .isEqualTo(pod.at("/spec/containers/0/ports/0/name"));
  }

  /** The name that a Dockerfile's own build command gives its image. */
  private static String image(String module) throws IOException {
    return find("docker build -t (\\S+) " + module + "\n", text(module + "/Dockerfile"));
  }

  private static String stateFolder() throws IOException {
    return find("\nVOLUME (.*)\n", text("trainer/Dockerfile"));
  }

  private static void parse(List<String> arguments) {
    Main.commandLine().parseArgs(arguments.toArray(String[]::new));
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static JsonNode yaml(String file) throws IOException {
    List<JsonNode> documents = documents(text(file));
    assertThat(documents).as(file).hasSize(1);
    return documents.get(0);
  }

  private static List<JsonNode> documents(String yaml) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll();
    }
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
