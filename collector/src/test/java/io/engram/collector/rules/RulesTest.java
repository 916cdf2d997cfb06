package io.engram.collector.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.events.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules are right; rules that are not, and tests that would not notice, are found. */
final class RulesTest {
  private static final Pattern FIRES_NOT =
      Pattern.compile("alertname:\\s*(\\w+), time:[^\\[]*exp:\\[[^]]+?],?\\s+got:\\[]");
  private static final Pattern FIRES_THOUGH =
      Pattern.compile("alertname:\\s*(\\w+), time:[^\\[]*exp:\\[],?\\s+got:\\[[^]]");

  @TempDir Path folder;

  @BeforeAll
  static void promtoolIsInstalled() {
    Tools.require("promtool");
  }

  @Test
  void nothingIsWrongWithThem() throws Exception {
    assertThat(RulesCheck.problems(RuleFiles.SHIPPED)).isEmpty();
    int alerts = RuleFiles.read(RuleFiles.SHIPPED).alerts().size();
    System.out.printf("%d of %d alerts tested both ways%n", alerts, RulesCheck.PROMISED.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "rules/engram.alerts.yaml | (?s)      - alert: TrainingStalled.*?(?=      - alert) | ~~ | the alerts are",
        "rules/engram.alerts.yaml | abs\\(engram_step_loss\\) == Inf | abs(engram_step_loss == Inf | parse error",
        "rules/engram.alerts.yaml | engram_events_missed_total | engram_event_missed_total | EventsMissed asks for engram_event_missed_total, which nobody exposes",
        "rules/engram.rules.yaml | engram_steps_total | engram_step_total | asks for engram_step_total, which nobody exposes",
        "rules/engram.alerts.yaml | channel=\"onset\",level | chanel=\"onset\",level | MemorizationOnset asks for engram_onset by chanel",
        "rules/engram.alerts.yaml | level=\"raised\" | level=\"raise\" | asks for level=\"raise\", which cannot be",
        "rules/engram.rules.yaml | paused\" | pausing\" | pausing\", which cannot be",
        "rules/engram.alerts.yaml | severity: info | severity: low | has the severity 'low'",
        "rules/engram.alerts.yaml | alert: TrainerDown | alert: Trainer_down | Trainer_down is not in CamelCase",
        "rules/engram.alerts.yaml | summary: The loss | summary: '{{ $value }}' # | has no constant sentence as its summary",
        "rules/engram.alerts.yaml | The loss of run \\{\\{ \\$labels.run }} | The loss of a run | LossNotFinite does not describe what it is about",
        "rules/engram.alerts.yaml | #eventsdropped | #eventdropped | EventsDropped has the runbook_url",
        "../runbook.md | ## ProbeSkipping | ## ProbesSkipping | ProbeSkipping has no heading in the runbook",
        "../runbook.md | ```sh | ```text | has no command to look first",
        "../runbook.md | (?<=LossNotFinite\\n\\nSeverity: )critical | warning | LossNotFinite has no Severity: critical in the runbook",
        "rules/engram.rules.yaml | (?=      - record: run:engram_steps) | ~      - {record: 'run:engram_epoch:max', expr: engram_epoch}\n~ | run:engram_epoch:max is recorded and not used",
        "tests/*.yaml | (?m)^ *- \\{alertname: LossNotFinite.* | ~~ | LossNotFinite has no test in which it could fire and is silent",
        "tests/delivery.test.yaml | engram_events_dropped_total | engram_event_dropped_total | is given in a test, but nobody exposes it",
        "rules/engram.alerts.yaml | > 10 \\* | > 100 * | alertname: GradientNormExploding",
        "rules/engram.alerts.yaml | for: 10m | for: 9m | alertname: TrainingStalled",
        "rules/engram.alerts.yaml | engram_ack_lag_seconds > 30 | engram_ack_lag_seconds > 29 | alertname: AckLagHigh",
        "rules/engram.alerts.yaml | (?<=> 30\\n            and\\n          run:engram_events_received:increase2m >) 0 | =0 | alertname: AckLagHigh",
        "rules/engram.alerts.yaml | active:max == 1 | active:max >= 0 | alertname: TrainerDown",
        "prometheus.yml | rules/\\*.yaml | rules.d/a.yaml | rules.d"
      })
  void whatIsWrongIsFound(String file, String pattern, String replacement, String problem)
      throws Exception {
    copy();
    Path changed = folder.resolve("prometheus").resolve(file).normalize();
    boolean found = false;
    for (Path each : file.contains("*") ? RuleFiles.files(changed.getParent()) : Set.of(changed)) {
      String text = Files.readString(each);
      String seeded =
          Pattern.compile(pattern).matcher(text).replaceAll(Matcher.quoteReplacement(replacement));
      found |= !seeded.equals(text);
      Files.writeString(each, seeded);
    }
    assertThat(found).as("something is changed").isTrue();

    assertThat(RulesCheck.problems(folder)).anyMatch(line -> line.contains(problem));
  }

  @Test
  void everyAlertThatNeverFiresIsNoticed() throws Exception {
    String said = testedWith(expression -> "(" + expression + ") and on () (vector(0) == 1)");

    assertThat(named(FIRES_NOT, said)).as(said).isEqualTo(RulesCheck.PROMISED);
  }

  @Test
  void everyAlertThatAlwaysFiresIsNoticed() throws Exception {
    String said = testedWith(expression -> "vector(1)");

    assertThat(named(FIRES_THOUGH, said)).as(said).isEqualTo(RulesCheck.PROMISED);
  }

  private static Set<String> named(Pattern failure, String said) {
    return failure
        .matcher(said)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What promtool says of rules whose alerts ask for something else, at once. */
  private String testedWith(UnaryOperator<String> change) throws Exception {
    copy();
    Path file = folder.resolve("prometheus/rules/engram.alerts.yaml");
    JsonNode rules = RuleFiles.YAML.readTree(file.toFile());
    for (JsonNode group : rules.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        ((ObjectNode) rule).put("expr", change.apply(rule.path("expr").asText())).put("for", "0s");
      }
    }
    RuleFiles.YAML.writeValue(file.toFile(), rules);
    Throwable failure =
        catchThrowable(
            () -> Tools.run(Tools.require("promtool"), RulesCheck.testArguments(folder)));
    assertThat(failure).isInstanceOf(AssertionError.class);
    return String.valueOf(failure.getMessage());
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(RuleFiles.SHIPPED)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(RuleFiles.SHIPPED.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
