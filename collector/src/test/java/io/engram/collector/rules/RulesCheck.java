package io.engram.collector.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.collector.RunbookCommands;
import io.engram.events.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what is wrong with a folder of rules, their tests and their runbook. */
final class RulesCheck {
  static final Set<String> PROMISED =
      new TreeSet<>(
          List.of(
              "MemorizationWarning",
              "MemorizationOnset",
              "GeneralizationHarmed",
              "CriticalSampleRatioRising",
              "GradientNormExploding",
              "GradientNormVanishing",
              "LossNotFinite",
              "TrainingStalled",
              "TrainerDown",
              "CollectorDown",
              "AckLagHigh",
              "EventsMissed",
              "EventsDropped",
              "ProbeSkipping"));

  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");
  private static final Pattern RECORDING = Pattern.compile("[a-z_]+:([a-z_]+):[a-z0-9_]+");
  private static final Pattern RUNBOOK =
      Pattern.compile(
          "\\{\\{ or \\$externalLabels\\.engram_url \"http://127\\.0\\.0\\.1:9464\" }}/runbook#(.*)");

  private final Path dashboards;
  private final RuleFiles rules;
  private final Set<String> recorded;
  private final List<String> problems = new ArrayList<>();

  private RulesCheck(Path dashboards) throws IOException {
    this.dashboards = dashboards;
    this.rules = RuleFiles.read(dashboards);
    this.recorded =
        rules.recordings().stream()
            .map(rule -> rule.path("record").asText())
            .collect(Collectors.toSet());
  }

  /** What is wrong, a line each; promtool runs the tests only where nothing else is. */
  static List<String> problems(Path dashboards) throws IOException, InterruptedException {
    RulesCheck check = new RulesCheck(dashboards);
    check.promtool("check", "config", dashboards.resolve("prometheus/prometheus.yml").toString());
    if (!new TreeSet<>(check.rules.alertNames()).equals(PROMISED)) {
      check.problems.add("the alerts are %s, not %s".formatted(check.rules.alertNames(), PROMISED));
    }
    for (JsonNode alert : check.rules.alerts()) {
      check.alert(alert);
    }
    check.recordings();
    check.tests();
    if (check.problems.isEmpty()) {
      check.promtool(testArguments(dashboards));
    }
    return check.problems;
  }

  /** How promtool is told to run all tests. */
  static String[] testArguments(Path dashboards) throws IOException {
    return Stream.concat(
            Stream.of("test", "rules"),
            RuleFiles.files(dashboards.resolve("prometheus/tests")).stream().map(Path::toString))
        .toArray(String[]::new);
  }

  private void promtool(String... arguments) throws IOException, InterruptedException {
    try {
      Tools.run(Tools.require("promtool"), arguments);
    } catch (AssertionError e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private void alert(JsonNode alert) throws IOException {
    String name = alert.path("alert").asText();
    String severity = alert.path("labels").path("severity").asText();
    String summary = alert.path("annotations").path("summary").asText();
    String description = alert.path("annotations").path("description").asText();
    require(name.matches("([A-Z][a-z]+)+"), name, "is not in CamelCase");
    require(alert.path("for").isTextual(), name, "does not say for how long");
    require(SEVERITIES.contains(severity), name, "has the severity '" + severity + "'");
    require(
        !summary.contains("{{") && summary.matches("[A-Z].*\\."),
        name,
        "has no constant sentence as its summary");
    boolean ofCollector = alert.path("expr").asText().contains("up{");
    require(
        description.contains(ofCollector ? "$labels.instance" : "$labels.run"),
        name,
        "does not describe what it is about");
    require(description.endsWith("."), name, "has a description without an end");
    expression(name, alert);
    runbook(name, severity, alert.path("annotations").path("runbook_url").asText());
  }

  private void expression(String owner, JsonNode rule) {
    PromQl expression = PromQl.of(rule.path("expr").asText());
    for (String metric : expression.metrics()) {
      require(
          recorded.contains(metric) || Metrics.isKnown(metric),
          owner,
          "asks for %s, which nobody exposes".formatted(metric));
    }
    expression.selectors().forEach(selector -> selector(owner, selector));
  }

  private void selector(String owner, PromQl.Selector selector) {
    selector
        .labels()
        .forEach(
            (label, value) -> {
              require(
                  Metrics.labels(selector.metric()).contains(label),
                  owner,
                  "asks for %s by %s, which it does not have".formatted(selector.metric(), label));
              require(
                  Metrics.canBe(label, value),
                  owner,
                  "asks for %s=\"%s\", which cannot be".formatted(label, value));
            });
  }

  private void runbook(String name, String severity, String url) throws IOException {
    Matcher link = RUNBOOK.matcher(url);
    boolean rightLink = link.matches() && link.group(1).equals(name.toLowerCase(Locale.ROOT));
    require(rightLink, name, "has the runbook_url " + url);
    Path runbook = dashboards.resolve("runbook.md");
    String text = Files.readString(runbook);
    int from = text.indexOf("\n## " + name + "\n");
    require(from >= 0, name, "has no heading in the runbook");
    if (from >= 0) {
      int next = text.indexOf("\n## ", from + 1);
      String section = text.substring(from, next < 0 ? text.length() : next);
      for (String part :
          List.of("Severity: " + severity, "**Meaning.**", "**First look.**", "**Remedy.**")) {
        require(section.contains("\n" + part), name, "has no " + part + " in the runbook");
      }
      Map<String, List<String>> commands = RunbookCommands.byAlert(runbook);
      require(
          !commands.getOrDefault(name, List.of()).isEmpty(),
          name,
          "has no command to look first in the runbook");
    }
  }

  private void recordings() throws IOException {
    String users = rules.alerts().stream().map(JsonNode::toString).collect(Collectors.joining());
    Path grafana = dashboards.resolve("grafana");
    if (Files.isDirectory(grafana)) {
      try (Stream<Path> files = Files.walk(grafana)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
          users += Files.readString(file);
        }
      }
    }
    for (JsonNode rule : rules.recordings()) {
      String name = rule.path("record").asText();
      require(RECORDING.matcher(name).matches(), name, "is not level:metric:operation");
      require(users.contains(name), name, "is recorded and not used");
      expression(name, rule);
    }
  }

  private void tests() {
    Set<String> firing = new HashSet<>();
    Set<String> silent = new HashSet<>();
    for (JsonNode group : rules.tests()) {
      Set<String> given = given(group);
      for (JsonNode test : group.path("alert_rule_test")) {
        String name = test.path("alertname").asText();
        require(PROMISED.contains(name), name, "is tested and is no alert");
        if (!test.path("exp_alerts").isEmpty()) {
          firing.add(name);
        } else if (asksForAny(name, given)) {
          silent.add(name);
        }
      }
    }
    for (String name : rules.alertNames()) {
      require(firing.contains(name), name, "has no test in which it fires");
      require(silent.contains(name), name, "has no test in which it could fire and is silent");
    }
  }

  private Set<String> given(JsonNode group) {
    Set<String> metrics = new HashSet<>();
    for (JsonNode series : group.path("input_series")) {
      String text = series.path("series").asText();
      for (PromQl.Selector each : PromQl.of(text).selectors()) {
        metrics.add(each.metric());
        require(
            Metrics.labels(each.metric()).equals(each.labels().keySet()),
            text,
            "is given in a test, but nobody exposes it");
        if (each.metric().startsWith("engram")) {
          selector(text, each);
        }
      }
    }
    return metrics;
  }

  private boolean asksForAny(String alert, Set<String> given) {
    Predicate<JsonNode> isIt = rule -> rule.path("alert").asText().equals(alert);
    return rules.alerts().stream()
        .filter(isIt)
        .flatMap(rule -> PromQl.of(rule.path("expr").asText()).metrics().stream())
        .flatMap(this::scraped)
        .anyMatch(given::contains);
  }

  private Stream<String> scraped(String metric) {
    return rules.recordings().stream()
        .filter(rule -> rule.path("record").asText().equals(metric))
        .findFirst()
        .map(rule -> PromQl.of(rule.path("expr").asText()).metrics().stream())
        .orElse(Stream.of(metric));
  }

  private void require(boolean holds, String owner, String problem) {
    if (!holds) {
      problems.add(owner + " " + problem);
    }
  }
}
