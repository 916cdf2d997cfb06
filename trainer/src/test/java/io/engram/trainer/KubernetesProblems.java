package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.strings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is wrong with a set of Kubernetes objects that are applied together. */
final class KubernetesProblems {
  /** What client-side apply may write into an annotation. */
  private static final int LARGEST = 262_144;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

  /** Labels that others' pods and namespaces have. */
  private static final Set<String> ELSEWHERE =
      Set.of("kubernetes.io/metadata.name", "engram.io/downloads");

  private final List<JsonNode> objects;
  private final List<String> problems = new ArrayList<>();

  private KubernetesProblems(List<JsonNode> objects) {
    this.objects = objects;
  }

  static List<String> of(List<JsonNode> objects) {
    KubernetesProblems found = new KubernetesProblems(objects);
    Set<String> names = new HashSet<>();
    for (JsonNode object : objects) {
      String name = object.at("/kind").asText() + " " + object.at("/metadata/name").asText();
      found.problems.addAll(KubernetesSchema.problems(object));
      found.require(names.add(name), name + " is there twice");
      found.require(
          NAME.matcher(object.at("/metadata/name").asText()).matches(), name + " is no DNS label");
      found.require(
          object.at("/kind").asText().equals("Namespace")
              || object.at("/metadata/namespace").asText().equals("engram"),
          name + " is in another namespace");
      found.require(object.toString().length() < LARGEST, name + " is too large to apply");
      for (JsonNode label : object.at("/metadata/labels")) {
        found.require(LABEL.matcher(label.asText()).matches(), name + " has an impossible label");
      }
      found.references(name, object);
    }
    found.namespaceIsRestricted();
    found.everythingIsDenied();
    return found.problems;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private void references(String name, JsonNode object) {
    switch (object.at("/kind").asText()) {
      case "StatefulSet" -> {
        JsonNode template = object.at("/spec/template");
        require(
            matches(object.at("/spec/selector/matchLabels"), template.at("/metadata/labels")),
            name + " does not select its own pods");
        require(
            find("Service", object.at("/spec/serviceName").asText()) != null,
            name + " names no Service");
        pod(name, template, object.at("/spec/volumeClaimTemplates"));
        object.at("/spec/volumeClaimTemplates").forEach(claim -> size(name, claim));
      }
      case "Job" -> pod(name, object.at("/spec/template"), object.at("/none"));
      case "PersistentVolumeClaim" -> size(name, object);
      case "Service" -> service(name, object);
      case "PodDisruptionBudget" -> selects(name, object.at("/spec/selector/matchLabels"));
      case "NetworkPolicy" -> networkPolicy(name, object);
      case "ServiceMonitor" -> serviceMonitor(name, object);
      default -> {
        // names and schema are all there is
      }
    }
  }

  private void pod(String name, JsonNode template, JsonNode claims) {
    problems.addAll(PodProblems.of(name, template.at("/spec"), claims));
    for (JsonNode volume : template.at("/spec/volumes")) {
      reference(name, "ConfigMap", volume.at("/configMap/name").asText());
      reference(
          name, "PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName").asText());
    }
  }

  private void size(String name, JsonNode claim) {
    String size = claim.at("/spec/resources/requests/storage").asText();
    require(
        size.matches("[1-9][0-9]*(Ki|Mi|Gi|Ti)"), name + " asks for a volume of '" + size + "'");
  }

  private void reference(String from, String kind, String name) {
    require(name.isEmpty() || find(kind, name) != null, from + " wants " + kind + " " + name);
  }

  private void service(String name, JsonNode service) {
    JsonNode selector = service.at("/spec/selector");
    selects(name, selector);
    for (JsonNode port : service.at("/spec/ports")) {
      require(
          templates()
              .filter(template -> matches(selector, template.at("/metadata/labels")))
              .allMatch(template -> portNames(template).contains(port.at("/targetPort").asText())),
          name + " aims at port " + port.at("/targetPort").asText() + ", which no container has");
    }
  }

  private void networkPolicy(String name, JsonNode policy) {
    selects(name, policy.at("/spec/podSelector/matchLabels"));
    for (String direction : List.of("ingress", "egress")) {
      String type = direction.equals("ingress") ? "Ingress" : "Egress";
      require(
          !policy.at("/spec").has(direction)
              || strings(policy.at("/spec/policyTypes")).contains(type),
          name + " has rules for a direction that it does not name");
      for (JsonNode rule : policy.at("/spec/" + direction)) {
        rule.at(direction.equals("ingress") ? "/from" : "/to")
            .forEach(peer -> selects(name, peer.at("/podSelector/matchLabels")));
      }
    }
  }

  private void serviceMonitor(String name, JsonNode monitor) {
    JsonNode selector = monitor.at("/spec/selector/matchLabels");
    List<JsonNode> services =
        objects.stream()
            .filter(object -> object.at("/kind").asText().equals("Service"))
            .filter(object -> matches(selector, object.at("/metadata/labels")))
            .toList();
    require(services.size() == 1, name + " finds " + services.size() + " Services");
    for (JsonNode service : services) {
      require(
          service
              .at("/metadata/labels")
              .path(monitor.at("/spec/jobLabel").asText())
              .asText()
              .equals("engram"),
          name + " gives the job another name than dashboards and rules know");
      for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
        require(
            service
                .at("/spec/ports")
                .findValuesAsText("name")
                .contains(endpoint.at("/port").asText()),
            name + " scrapes a port that its Service has not");
        boolean insecure =
            objects.stream()
                .filter(object -> object.at("/kind").asText().equals("StatefulSet"))
                .anyMatch(
                    object ->
                        strings(object.at("/spec/template/spec/containers/0/args"))
                            .contains("--insecure"));
        require(
            insecure != endpoint.at("/scheme").asText().equals("https")
                && insecure != endpoint.has("tlsConfig"),
            name + " scrapes in another scheme than is served");
        require(
            insecure != endpoint.has("authorization"),
            name + " scrapes without the token that is asked for");
      }
    }
  }

  private void selects(String name, JsonNode selector) {
    boolean elsewhere =
        selector.properties().stream().map(Map.Entry::getKey).anyMatch(ELSEWHERE::contains);
    require(
        elsewhere
            || templates().anyMatch(template -> matches(selector, template.at("/metadata/labels"))),
        name + " selects no pod");
  }

  private void namespaceIsRestricted() {
    JsonNode namespace = find("Namespace", "engram");
    require(
        namespace != null
            && namespace
                .at("/metadata/labels")
                .path("pod-security.kubernetes.io/enforce")
                .asText()
                .equals("restricted"),
        "the namespace does not enforce restricted pods");
  }

  private void everythingIsDenied() {
    require(
        objects.stream()
            .filter(object -> object.at("/kind").asText().equals("NetworkPolicy"))
            .map(object -> object.at("/spec"))
            .anyMatch(
                spec ->
                    spec.at("/podSelector").isEmpty()
                        && Set.copyOf(strings(spec.at("/policyTypes"))).size() == 2
                        && !spec.has("ingress")
                        && !spec.has("egress")),
        "no NetworkPolicy denies everything");
  }

  private JsonNode find(String kind, String name) {
    return objects.stream()
        .filter(object -> object.at("/kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElse(null);
  }

  private Stream<JsonNode> templates() {
    return objects.stream()
        .filter(object -> Set.of("StatefulSet", "Job").contains(object.at("/kind").asText()))
        .map(object -> object.at("/spec/template"));
  }

  private static List<String> portNames(JsonNode template) {
    return StreamSupport.stream(template.at("/spec/containers").spliterator(), false)
        .flatMap(container -> container.at("/ports").findValuesAsText("name").stream())
        .toList();
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    return selector.properties().stream()
        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
  }
}
