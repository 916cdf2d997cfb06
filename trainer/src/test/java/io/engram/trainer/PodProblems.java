package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.strings;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with a pod: mounts, ports, probes, quantities, and what "restricted" forbids. */
final class PodProblems {
  private static final List<String> PROBES =
      List.of("startupProbe", "livenessProbe", "readinessProbe");

  private static final Set<String> OURS = Set.of("collector", "trainer");
  private static final List<String> SECURED =
      List.of(
          "--tls-cert=",
          "--tls-key=",
          "--token-file=",
          "--bus-tls-cert=",
          "--bus-tls-key=",
          "--bus-ca=");

  private final String name;
  private final List<String> problems = new ArrayList<>();

  private PodProblems(String name) {
    this.name = name;
  }

  static List<String> of(String name, JsonNode pod, JsonNode claims) {
    PodProblems found = new PodProblems(name);
    JsonNode security = pod.at("/securityContext");
    found.require(security.at("/runAsNonRoot").asBoolean(), "may be root");
    found.require(security.at("/runAsUser").asInt() > 0, "names no user");
    found.require(
        security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
        "has no seccomp profile");
    found.require(
        pod.has("automountServiceAccountToken")
            && !pod.at("/automountServiceAccountToken").asBoolean(),
        "is given a token");
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      found.require(!pod.at("/" + host).asBoolean(), "uses the node's " + host);
    }
    Set<String> volumes = new TreeSet<>(claims.findValuesAsText("name"));
    for (JsonNode volume : pod.at("/volumes")) {
      found.require(!volume.has("hostPath"), "mounts a folder of the node");
      volumes.add(volume.at("/name").asText());
    }
    Set<String> mounted = new HashSet<>();
    for (JsonNode container : pod.at("/containers")) {
      found.container(container);
      Set<String> paths = new HashSet<>();
      for (JsonNode mount : container.at("/volumeMounts")) {
        mounted.add(mount.at("/name").asText());
        found.require(paths.add(mount.at("/mountPath").asText()), "mounts two things in one place");
      }
    }
    found.require(
        volumes.equals(mounted), "has volumes %s and mounts %s".formatted(volumes, mounted));
    return found.problems;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(name + " " + problem);
    }
  }

  private void container(JsonNode container) {
    JsonNode security = container.at("/securityContext");
    require(
        security.has("allowPrivilegeEscalation")
            && !security.at("/allowPrivilegeEscalation").asBoolean(),
        "may gain privileges");
    require(security.at("/readOnlyRootFilesystem").asBoolean(), "can write its root");
    require(
        strings(security.at("/capabilities/drop")).equals(List.of("ALL"))
            && security.at("/capabilities/add").isMissingNode(),
        "has capabilities");
    require(
        container.at("/image").asText().matches("[^:]+:v?\\d+\\.\\d+\\.\\d+.*"),
        "has no fixed image");
    List<String> ports = container.at("/ports").findValuesAsText("name");
    for (String probe : PROBES) {
      JsonNode asked = container.path(probe).at("/httpGet");
      require(ports.contains(asked.at("/port").asText()), "is asked by no " + probe);
    }
    if (OURS.contains(container.at("/name").asText())) {
      access(container);
    }
    quantities(container.at("/resources"));
    Set<String> variables = new HashSet<>(container.at("/env").findValuesAsText("name"));
    for (String argument : strings(container.at("/args"))) {
      if (argument.contains("$(") && !argument.contains("$$(")) {
        String variable = argument.substring(argument.indexOf("$(") + 2, argument.lastIndexOf(')'));
        require(variables.contains(variable), "has no variable " + variable);
      }
    }
  }

  /** Either everything is encrypted and asks for a login, or somebody said that nothing is. */
  private void access(JsonNode container) {
    List<String> arguments = strings(container.at("/args"));
    boolean insecure = arguments.contains("--insecure");
    for (String option : SECURED) {
      require(
          insecure != arguments.stream().anyMatch(argument -> argument.startsWith(option)),
          insecure ? "is --insecure with " + option : "listens without " + option);
    }
    for (String probe : PROBES) {
      require(
          container
              .path(probe)
              .at("/httpGet/scheme")
              .asText("HTTP")
              .equals(insecure ? "HTTP" : "HTTPS"),
          "is asked in another scheme by its " + probe);
    }
    List<String> mounts = container.at("/volumeMounts").findValuesAsText("mountPath");
    for (String argument : arguments) {
      String path = argument.substring(argument.indexOf('=') + 1);
      require(
          !path.startsWith("/") || mounts.stream().anyMatch(mount -> path.startsWith(mount + "/")),
          "reads " + path + ", which is not mounted");
    }
  }

  private void quantities(JsonNode resources) {
    for (String resource : List.of("cpu", "memory")) {
      require(resources.at("/requests").has(resource), "requests no " + resource);
    }
    require(resources.at("/limits").has("memory"), "has no limit of memory");
    for (Map.Entry<String, JsonNode> limit : resources.at("/limits").properties()) {
      try {
        JsonNode request = resources.at("/requests").path(limit.getKey());
        Quantity most = Quantity.parse(limit.getValue().asText());
        require(
            request.isMissingNode()
                || Quantity.parse(request.asText())
                        .getNumericalAmount()
                        .compareTo(most.getNumericalAmount())
                    <= 0,
            "requests more %s than its limit".formatted(limit.getKey()));
      } catch (IllegalArgumentException e) {
        require(false, "has a quantity that is none: " + e.getMessage());
      }
    }
  }
}
