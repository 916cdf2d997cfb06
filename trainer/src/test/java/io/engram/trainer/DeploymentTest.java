package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.PORT;
import static io.engram.trainer.DeploymentFiles.ROOT;
import static io.engram.trainer.DeploymentFiles.documents;
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
import io.engram.trainer.spec.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files around the code agree with it and with each other. */
final class DeploymentTest {
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
        .contains("mv %s/target/lib/engram-*.jar /image/program/lib/".formatted(module))
        .contains("mv %s/target/%s.jar /image/program/".formatted(module, jar))
        .contains("COPY --from=build /image/lib /opt/engram/lib\n")
        .contains("COPY --from=build /image/program /opt/engram\n")
        .contains("\"-jar\", \"/opt/engram/" + jar + ".jar\"]")
        .contains("EXPOSE " + PORT + "\n");
    String version = find("<version>(.*)-SNAPSHOT</version>", text("pom.xml"));
    assertThat(image(module)).isEqualTo("engram-%s:%s".formatted(module, version));
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
}
