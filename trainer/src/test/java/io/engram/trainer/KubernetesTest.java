package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.PORT;
import static io.engram.trainer.DeploymentFiles.ROOT;
import static io.engram.trainer.DeploymentFiles.documents;
import static io.engram.trainer.DeploymentFiles.image;
import static io.engram.trainer.DeploymentFiles.parse;
import static io.engram.trainer.DeploymentFiles.stateFolder;
import static io.engram.trainer.DeploymentFiles.strings;
import static io.engram.trainer.DeploymentFiles.text;
import static io.engram.trainer.DeploymentFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.engram.events.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is applied to a cluster, rendered, without one. */
final class KubernetesTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {"overlays/local", "overlays/gpu", "overlays/production", "overlays/local-watched"})
  void everyOverlayHoldsTogether(String overlay) throws Exception {
    assertThat(KubernetesProblems.of(render(overlay))).isEmpty();
  }

  /** Each breaks the local overlay in one place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StatefulSet | /spec/replica                                   | 2          | does not fit",
        "StatefulSet | /spec/template/spec/container                   | 2          | does not fit",
        "StatefulSet | /spec/replicas                                  | 'two'      | does not fit",
        "StatefulSet | /apiVersion                                     | 'apps/v1beta1' | no current type",
        "Job         | /apiVersion                                     | 'batch/v1beta1' | no current type",
        "StatefulSet | /spec/serviceName                               | 'engram'   | names no Service",
        "StatefulSet | /spec/selector/matchLabels/app.kubernetes.io~1name | 'x'     | does not select",
        "Service     | /spec/selector/app.kubernetes.io~1name          | 'x'        | selects no pod",
        "Service     | /spec/ports/0/targetPort                        | 'web'      | aims at port web",
        "PodDisruptionBudget | /spec/selector/matchLabels/app.kubernetes.io~1name | 'x' | selects no",
        "NetworkPolicy | /spec/podSelector/matchLabels/engram.io~1bus  | 'x'        | selects no pod",
        "NetworkPolicy | /spec/ingress/0/from/0/podSelector/matchLabels/engram.io~1bus | 'x' | selects no",
        "NetworkPolicy | /spec/policyTypes/0                           | 'Egress'   | denies everything",
        "Job         | /metadata/name                                  | 'Noisy'    | no DNS label",
        "Job         | /metadata/namespace                             | 'default'  | another namespace",
        "Job         | /spec/template/spec/volumes/0/name              | 'data'     | has volumes",
        "Job         | /spec/template/spec/volumes/1/configMap/name    | 'x'        | wants ConfigMap x",
        "Job         | /spec/template/spec/volumes/0/persistentVolumeClaim/claimName | 'x' | wants Pers",
        "Job         | /spec/template/spec/hostNetwork                 | true       | uses the node's",
        "Job         | /spec/template/spec/securityContext/runAsNonRoot | false     | may be root",
        "Job         | /spec/template/spec/securityContext/seccompProfile/type | 'Unconfined' | seccomp",
        "Job         | /spec/template/spec/automountServiceAccountToken | true      | given a token",
        "StatefulSet | /spec/template/spec/containers/0/securityContext/capabilities/drop/0 | 'X' | capab",
        "StatefulSet | /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem | false | can write",
        "StatefulSet | /spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation | true | gain",
        "StatefulSet | /spec/template/spec/containers/0/image          | 'engram-collector:latest' | no fixed",
        "StatefulSet | /spec/template/spec/containers/0/readinessProbe/httpGet/port | 'web' | no readinessProbe",
        "StatefulSet | /spec/template/spec/containers/0/resources/limits/memory | '1GB' | a quantity that is none",
        "StatefulSet | /spec/template/spec/containers/0/resources/limits/memory | '1Mi' | requests more memory",
        "StatefulSet | /spec/template/spec/containers/0/env/0/name     | 'NAME'     | has no variable POD_NAME",
        "StatefulSet | /spec/template/spec/containers/0/volumeMounts/0/name | 'x'   | has volumes",
        "StatefulSet | /spec/volumeClaimTemplates/0/spec/resources/requests/storage | '10GB' | a volume of",
        "Namespace   | /metadata/labels/pod-security.kubernetes.io~1enforce | 'baseline' | does not enforce",
      })
  void whatIsBrokenIsFound(String kind, String path, String value, String problem)
      throws Exception {
    List<JsonNode> objects = render("overlays/local");
    set(objects, kind, path, new YAMLMapper().readTree(value));

    assertThat(KubernetesProblems.of(objects)).anySatisfy(p -> assertThat(p).contains(problem));
  }

  private static void set(List<JsonNode> objects, String kind, String path, JsonNode changed) {
    String parent = path.substring(0, path.lastIndexOf('/'));
    String field = path.substring(path.lastIndexOf('/') + 1).replace("~1", "/");
    JsonNode broken =
        objects.stream()
            .filter(object -> object.at("/kind").asText().equals(kind))
            .filter(
                object ->
                    parent.isEmpty() || !object.at(parent).isMissingNode() && canSet(object, path))
            .findFirst()
            .orElseThrow();
    if (broken.at(parent) instanceof ArrayNode list) {
      list.set(Integer.parseInt(field), changed);
    } else {
      ((ObjectNode) (parent.isEmpty() ? broken : broken.at(parent))).set(field, changed);
    }
  }

  /** The policy that denies everything is named by its types; the others by what they select. */
  private static boolean canSet(JsonNode object, String path) {
    return !path.equals("/spec/policyTypes/0")
        || object.at("/metadata/name").asText().equals("default-deny");
  }

  @Test
  void whatIsThereTwiceIsFound() throws Exception {
    List<JsonNode> objects = new ArrayList<>(render("overlays/local"));
    objects.add(objects.get(0).deepCopy());
    assertThat(KubernetesProblems.of(objects)).anyMatch(p -> p.endsWith("is there twice"));
  }

  @Test
  void aMonitorThatFindsNothingIsFound() throws Exception {
    List<JsonNode> objects = render("overlays/production");
    JsonNode monitor =
        objects.stream()
            .filter(object -> object.at("/kind").asText().equals("ServiceMonitor"))
            .findFirst()
            .orElseThrow();
    ((ObjectNode) monitor.at("/spec/endpoints/0")).put("port", "metrics");
    assertThat(KubernetesProblems.of(objects)).anyMatch(p -> p.contains("scrapes a port"));
    ((ObjectNode) monitor.at("/spec")).put("jobLabel", "app.kubernetes.io/name");
    assertThat(KubernetesProblems.of(objects)).anyMatch(p -> p.contains("another name"));
  }

  /** Each breaks the production overlay in one place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StatefulSet | /spec/template/spec/containers/0/args/1 | '--insecure' | is --insecure with",
        "StatefulSet | /spec/template/spec/containers/0/args/1 | '--port=1'   | listens without --tls-cert",
        "StatefulSet | /spec/template/spec/containers/0/args/1 | '--tls-cert=/etc/a' | /etc/a, which is not",
        "StatefulSet | /spec/template/spec/containers/0/livenessProbe/httpGet/scheme | 'HTTP' | another scheme",
        "StatefulSet | /spec/template/spec/volumes/0/name | 'x' | has volumes",
        "ServiceMonitor | /spec/endpoints/0/scheme | 'http' | in another scheme than is served",
        "ServiceMonitor | /spec/endpoints/0/authorizatio | {} | does not fit"
      })
  void whatIsBrokenInProductionIsFound(String kind, String path, String value, String problem)
      throws Exception {
    List<JsonNode> objects = render("overlays/production");
    set(objects, kind, path, new YAMLMapper().readTree(value));

    assertThat(KubernetesProblems.of(objects)).anySatisfy(p -> assertThat(p).contains(problem));
  }

  @Test
  void nothingInProductionIsInsecure() throws Exception {
    List<JsonNode> objects = new ArrayList<>(render("overlays/production"));
    assertThat(objects.toString()).doesNotContain("--insecure");
    List<JsonNode> run = documents(print("live-clean", "--secrets"));
    assertThat(run.toString()).doesNotContain("--insecure");
    run.forEach(object -> ((ObjectNode) object.at("/metadata")).put("namespace", "engram"));
    objects.addAll(run);

    assertThat(KubernetesProblems.of(objects)).isEmpty();
    parse(strings(run.get(2).at("/spec/template/spec/containers/0/args")));
  }

  @ParameterizedTest
  @CsvSource({
    "local/live-clean, live-clean --set checkpoints.every_epochs=5",
    "local/live-noisy, live-noisy --set checkpoints.every_epochs=5",
    "gpu/cifar-noisy, cifar-noisy --set checkpoints.every_epochs=5 --storage 20Gi"
  })
  void theOverlaysHoldRunsAsTheyArePrinted(String file, String arguments) throws Exception {
    assertThat(text("k8s/overlays/" + file + ".yaml"))
        .as("engram k8s run %s > k8s/overlays/%s.yaml", arguments, file)
        .isEqualTo(print(arguments.split(" ")));
  }

  @Test
  void aPrintedJobRunsTheFileThatItIsGiven() throws Exception {
    Path file = dir.resolve("mine.yaml");
    Files.writeString(file, "data: {name: mnist}\nnetwork: mlp:784-32-10\n");
    List<JsonNode> printed =
        documents(
            print(file.toString(), "--set", "training.epochs=2", "--image", "lab/engram:2.0.0"));
    JsonNode pod = printed.get(2).at("/spec/template");
    JsonNode container = pod.at("/spec/containers/0");
    assertThat(container.at("/image").asText()).isEqualTo("lab/engram:2.0.0");
    assertThat(pod.at("/metadata/labels").path("engram.io/downloads").asText())
        .isEqualTo("allowed");
    assertThat(printed.get(0).at("/data").path("mine.yaml").asText())
        .isEqualTo(Files.readString(file));
    List<String> arguments = strings(container.at("/args"));
    assertThat(arguments).contains("/etc/engram/mine.yaml").endsWith("--set", "training.epochs=2");
    parse(arguments);
  }

  @ParameterizedTest
  @CsvSource({"--storage=lots, use a size such as 5Gi", "--set=run=%s, too long for a Job"})
  void whatKubernetesRefusesIsToldBefore(String option, String problem) {
    StringWriter err = new StringWriter();
    CommandLine main = Main.commandLine().setErr(new PrintWriter(err));
    int code = main.execute("k8s", "run", "live-clean", option.formatted("x".repeat(60)));
    assertThat(code).isEqualTo(Main.USAGE);
    assertThat(err.toString()).startsWith("engram: ").contains(problem).hasLineCount(1);
  }

  @Test
  void theContainersRunTheImagesAsTheyAreMade() throws Exception {
    for (JsonNode object : render("overlays/local")) {
      JsonNode container = object.at("/spec/template/spec/containers/0");
      if (!container.isMissingNode()) {
        String module = container.at("/name").asText();
        assertThat(container.at("/image").asText()).isEqualTo(image(module));
        assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(PORT);
        assertThat(container.at("/volumeMounts/0/mountPath").asText()).isEqualTo(stateFolder());
        assertThat(text(module + "/Dockerfile"))
            .contains(
                "\nUSER %s:"
                    .formatted(
                        object.at("/spec/template/spec/securityContext/runAsUser").asText()));
        List<String> arguments = strings(container.at("/args"));
        if (module.equals("trainer")) {
          parse(arguments);
        } else {
          new CommandLine(io.engram.collector.Main.class)
              .setCaseInsensitiveEnumValuesAllowed(true)
              .parseArgs(
                  arguments.stream()
                      .map(a -> a.replaceAll("\\$\\(.*\\)", "engram-collector-0"))
                      .toArray(String[]::new));
        }
      }
    }
  }

  @Test
  void theOperatorIsGivenTheSameRules() throws IOException {
    ArrayNode groups = new YAMLMapper().createArrayNode();
    for (String file : List.of("rules", "alerts")) {
      yaml("dashboards/prometheus/rules/engram.%s.yaml".formatted(file))
          .at("/groups")
          .forEach(groups::add);
    }
    assertThat(yaml("k8s/components/operator/prometheus-rule.yaml").at("/spec/groups"))
        .isEqualTo(groups);
  }

  @Test
  void thePrometheusWithoutAnOperatorFindsTheCollectors() throws Exception {
    JsonNode target =
        yaml("k8s/components/prometheus/prometheus.yml").at("/scrape_configs/0/dns_sd_configs/0");
    assertThat(strings(target.at("/names"))).containsExactly("engram-collector");
    assertThat(target.at("/port").asText()).isEqualTo(PORT);
    assertThat(yaml("k8s/components/prometheus/prometheus.yml").at("/scrape_configs/0/job_name"))
        .isEqualTo(yaml("dashboards/prometheus/prometheus.yml").at("/scrape_configs/0/job_name"));
    Tools.run(
        Tools.require("promtool"),
        "check",
        "config",
        "--syntax-only",
        ROOT.resolve("k8s/components/prometheus/prometheus.yml").toString());
  }

  private static String print(String... arguments) {
    StringWriter out = new StringWriter();
    List<String> command = new ArrayList<>(List.of("k8s", "run"));
    command.addAll(List.of(arguments));
    CommandLine main = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(main.execute(command.toArray(String[]::new))).isZero();
    return out.toString();
  }

  private static List<JsonNode> render(String overlay) throws Exception {
    Path folder = ROOT.resolve("k8s").resolve(overlay).toRealPath();
    return documents(Tools.run(Tools.require("kubectl"), "kustomize", folder.toString()));
  }
}
