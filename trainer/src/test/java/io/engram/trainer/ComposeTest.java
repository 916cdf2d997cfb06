package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.PORT;
import static io.engram.trainer.DeploymentFiles.ROOT;
import static io.engram.trainer.DeploymentFiles.find;
import static io.engram.trainer.DeploymentFiles.image;
import static io.engram.trainer.DeploymentFiles.parse;
import static io.engram.trainer.DeploymentFiles.stateFolder;
import static io.engram.trainer.DeploymentFiles.strings;
import static io.engram.trainer.DeploymentFiles.text;
import static io.engram.trainer.DeploymentFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.events.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Compose file, and that its services are held as tightly as it promises. */
class ComposeTest {
  private static final String COLLECTS = "engram";

  private static Map<String, JsonNode> services() throws IOException {
    Map<String, JsonNode> services = new TreeMap<>();
    yaml("docker-compose.yml")
        .at("/services")
        .properties()
        .forEach(service -> services.put(service.getKey(), service.getValue()));
    return services;
  }

  /** Those that a profile starts. */
  private static Map<String, JsonNode> services(String profile) throws IOException {
    Map<String, JsonNode> services = services();
    services
        .values()
        .removeIf(s -> s.has("profiles") && !strings(s.at("/profiles")).contains(profile));
    return services;
  }

  @Test
  void withoutFlagsTheStackThatWorksIsStarted() throws IOException {
    String profile = find("\nCOMPOSE_PROFILES=(.*)\n", text(".env"));
    assertThat(services(profile))
        .containsOnlyKeys("engram", "prometheus", "alertmanager", "grafana");
    assertThat(text(".env")).doesNotContainPattern("(?im)^[a-z_]*password");
  }

  @ParameterizedTest
  @CsvSource({"embedded, engram", "gpu, engram-gpu", "default, collector"})
  void oneServiceOfAProfileCollects(String profile, String name) throws IOException {
    Map<String, JsonNode> services = services(profile);
    List<String> collecting = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    services.forEach(
        (service, definition) -> {
          boolean alias = strings(definition.at("/networks/default/aliases")).contains(COLLECTS);
          if (service.equals(COLLECTS) || alias) {
            collecting.add(service);
          }
          ports.addAll(strings(definition.at("/ports")));
        });
    assertThat(collecting).containsExactly(name);
    assertThat(ports).doesNotHaveDuplicates().contains("127.0.0.1:%s:%s".formatted(PORT, PORT));
  }

  @Test
  void everyServiceIsConfined() throws IOException {
    services()
        .forEach(
            (name, service) -> {
              assertThat(service.at("/read_only").asBoolean()).as(name).isTrue();
              assertThat(strings(service.at("/cap_drop"))).as(name).containsExactly("ALL");
              assertThat(strings(service.at("/security_opt")))
                  .as(name)
                  .containsExactly("no-new-privileges:true");
              assertThat(service.at("/deploy/resources/limits/memory").asText())
                  .as(name)
                  .matches("\\d+[MG]");
              assertThat(service.at("/deploy/resources/limits/cpus").asText())
                  .as(name)
                  .matches("[\\d.]+");
              assertThat(service.at("/image").asText())
                  .as(name)
                  .matches(".+:v?\\d+\\.\\d+\\.\\d+.*");
              assertThat(strings(service.at("/ports")))
                  .as(name)
                  .isNotEmpty()
                  .allMatch(port -> port.startsWith("127.0.0.1:"));
            });
  }

  @Test
  void everyServiceSaysWhetherItIsReadyAndIsNotRoot() throws IOException {
    for (Map.Entry<String, JsonNode> entry : services().entrySet()) {
      JsonNode service = entry.getValue();
      if (service.has("build")) {
        String dockerfile = text(service.at("/build/dockerfile").asText());
        String module = service.at("/build/dockerfile").asText().replace("/Dockerfile", "");
        assertThat(service.at("/build/context").asText()).isEqualTo(".");
        assertThat(service.at("/image").asText()).startsWith(image(module));
        assertThat(dockerfile).containsPattern("\nUSER [1-9]\\d*:").contains("\nHEALTHCHECK ");
        assertThat(find("/dev/tcp/127.0.0.1/(\\d+)", dockerfile)).isEqualTo(PORT);
      } else {
        assertThat(service.at("/user").asText()).as(entry.getKey()).matches("[1-9]\\d*:\\d+");
        String asked = strings(service.at("/healthcheck/test")).get(5);
        String published = strings(service.at("/ports")).get(0);
        assertThat(asked)
            .startsWith("http://127.0.0.1:" + published.substring(published.lastIndexOf(':') + 1));
      }
    }
  }

  @Test
  void whatIsMountedIsThere() throws IOException {
    JsonNode compose = yaml("docker-compose.yml");
    for (JsonNode service : services().values()) {
      for (String volume : strings(service.at("/volumes"))) {
        String[] parts = volume.split(":");
        if (parts[0].startsWith(".")) {
          assertThat(ROOT.resolve(parts[0])).as(volume).isNotEmptyDirectory();
          assertThat(volume).endsWith(":ro");
        } else {
          assertThat(compose.at("/volumes").has(parts[0])).as(volume).isTrue();
        }
      }
    }
  }

  @Test
  void ourProgramsTakeTheirCommandsAndKeepTheirState() throws IOException {
    for (JsonNode service : services().values()) {
      if (service.has("build")) {
        assertThat(strings(service.at("/volumes")))
            .hasSize(1)
            .allMatch(volume -> volume.endsWith(":" + folder()));
        if (service.at("/build/dockerfile").asText().startsWith("trainer/")) {
          parse(strings(service.at("/command")));
        }
      }
    }
  }

  private static String folder() {
    try {
      return stateFolder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void grafanaWantsALoginAndAPassword() throws IOException {
    JsonNode environment = services().get("grafana").at("/environment");
    assertThat(environment.at("/GF_AUTH_ANONYMOUS_ENABLED").asText()).isEqualTo("false");
    assertThat(environment.at("/GF_USERS_ALLOW_SIGN_UP").asText()).isEqualTo("false");
    assertThat(environment.at("/GF_SECURITY_ADMIN_PASSWORD").asText())
        .startsWith("${GRAFANA_PASSWORD:?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "gpu", "default"})
  void composeTakesIt(String profile) throws Exception {
    assertThat(compose("secret", "--profile", profile, "config", "-q")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-"})
  void composeRefusesToStartWithoutAPassword(String password) throws Exception {
    assertThat(compose(password, "config", "-q")).contains("give Grafana its first password");
  }

  /** What Compose says; the password "-" leaves the variable away. */
  private static String compose(String password, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Tools.require("docker-compose").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder compose =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    compose.environment().remove("GRAFANA_PASSWORD");
    if (!password.equals("-")) {
      compose.environment().put("GRAFANA_PASSWORD", password);
    }
    Process process = compose.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor() == 0).as(said).isEqualTo(said.isBlank());
    return said;
  }

  @Test
  void imagesAreBuiltFromSourcesAlone() throws IOException {
    List<String> context = Files.readAllLines(ROOT.resolve(".dockerignore"));
    assertThat(context)
        .contains("*", "!pom.xml", "!collector", "!trainer", "!dashboards/runbook.md")
        .containsSubsequence("!trainer", "**/target");
  }
}
