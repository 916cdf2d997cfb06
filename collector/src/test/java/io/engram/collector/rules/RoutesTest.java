package io.engram.collector.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.events.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is told of which alert, and which alerts are not told. */
final class RoutesTest {
  private static final Path SHIPPED = RuleFiles.SHIPPED.resolve("alertmanager/alertmanager.yml");
  private static final Pattern MATCHER = Pattern.compile("alertname=(~?)\"([^\"]*)\"");

  @Test
  void amtoolTakesTheConfiguration() throws Exception {
    Tools.run(Tools.require("amtool"), "check-config", SHIPPED.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alertname=MemorizationOnset severity=critical job=engram run=a | collector,critical",
        "alertname=MemorizationWarning severity=warning job=engram run=a | collector,warning",
        "alertname=ProbeSkipping severity=info job=engram run=a | collector,info",
        "alertname=CollectorDown severity=critical job=engram | collector,critical",
        "alertname=Another severity=odd | collector",
        "alertname=Another | collector"
      })
  void byLabels(String labels, String receivers) throws Exception {
    assertThat(receivers(List.of(labels.split(" ", -1)))).isEqualTo(receivers);
  }

  /** Each alert goes to the page and to those who are called for its severity. */
  @ParameterizedTest
  @MethodSource("alerts")
  void everyAlertAsShipped(String name, String severity) throws Exception {
    assertThat(receivers(List.of("alertname=" + name, "severity=" + severity, "run=a")))
        .isEqualTo("collector," + severity);
  }

  static Stream<Object[]> alerts() throws IOException {
    return RuleFiles.read(RuleFiles.SHIPPED).alerts().stream()
        .map(
            rule ->
                new Object[] {
                  rule.path("alert").asText(), rule.path("labels").path("severity").asText()
                });
  }

  @Test
  void aRunIsToldInOneMessageAndThePageAgainBeforeItForgets() throws IOException {
    JsonNode route = RuleFiles.YAML.readTree(SHIPPED.toFile()).path("route");
    assertThat(route.path("group_by")).extracting(JsonNode::asText).containsExactly("job", "run");
    assertThat(route.path("repeat_interval").asText()).isEqualTo("5m");
    assertThat(route.at("/routes/0/continue").asBoolean()).isTrue();
  }

  @Test
  void thePageIsWherePrometheusScrapes() throws IOException {
    JsonNode prometheus =
        RuleFiles.YAML.readTree(RuleFiles.SHIPPED.resolve("prometheus/prometheus.yml").toFile());
    String collector = prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asText();
    JsonNode webhook =
        RuleFiles.YAML.readTree(SHIPPED.toFile()).at("/receivers/0/webhook_configs/0");
    assertThat(webhook.path("url").asText()).isEqualTo("http://" + collector + "/api/v1/alerts");
    assertThat(webhook.path("send_resolved").asBoolean()).isTrue();
  }

  /** A name that is misspelt in an inhibition would inhibit nothing, without a word. */
  @Test
  void inhibitionsNameAlertsThatThereAre() throws IOException {
    List<String> inhibitions = new ArrayList<>();
    for (JsonNode rule : RuleFiles.YAML.readTree(SHIPPED.toFile()).path("inhibit_rules")) {
      List<String> sources = alerts(rule.path("source_matchers"));
      List<String> targets = alerts(rule.path("target_matchers"));
      assertThat(sources).doesNotContainAnyElementsOf(targets);
      sources.forEach(source -> targets.forEach(target -> inhibitions.add(source + " " + target)));
      assertThat(rule.path("equal")).extracting(JsonNode::asText).contains("job").hasSize(2);
    }
    assertThat(inhibitions)
        .contains(
            "MemorizationOnset MemorizationWarning",
            "GeneralizationHarmed MemorizationWarning",
            "LossNotFinite GradientNormExploding",
            "TrainerDown TrainingStalled",
            "CollectorDown TrainerDown")
        .hasSize(14);
  }

  private static List<String> alerts(JsonNode matchers) throws IOException {
    assertThat(matchers).hasSize(1);
    Matcher matcher = MATCHER.matcher(matchers.get(0).asText());
    assertThat(matcher.matches()).as(matchers.toString()).isTrue();
    List<String> names = new ArrayList<>();
    for (String part : matcher.group(2).split("\\|", -1)) {
      List<String> found =
          RuleFiles.read(RuleFiles.SHIPPED).alertNames().stream()
              .filter(name -> name.matches(part))
              .toList();
      assertThat(found).as(part).isNotEmpty();
      names.addAll(found);
    }
    return names;
  }

  private static String receivers(List<String> labels) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("config", "routes", "test", "--config.file=" + SHIPPED));
    arguments.addAll(labels);
    // What it remarks on its own settings comes first.
    return Tools.run(Tools.require("amtool"), arguments.toArray(String[]::new))
        .lines()
        .reduce("", (before, line) -> line);
  }
}
