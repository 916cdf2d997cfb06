package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
final class AlertsApiTest {
  private TestCollector collector;

  @BeforeEach
  void start(Vertx vertx) {
    collector = TestCollector.start(vertx);
  }

  private JsonObject alerts() {
    return collector.getJson(Webhook.PATH);
  }

  @Test
  void anAlertIsShownUntilItIsResolved() {
    assertThat(alerts().encode()).isEqualTo("{\"firing\":[],\"ended\":[],\"leftOut\":0}");

    JsonObject message = Webhook.message(Webhook.onset("a")).put("field of the future", 1);
    assertThat(Webhook.send(collector, message.encode()).statusCode()).isEqualTo(200);

    JsonObject shown = alerts().getJsonArray("firing").getJsonObject(0);
    assertThat(shown.getString("name")).isEqualTo("MemorizationOnset");
    assertThat(shown.getString("severity")).isEqualTo("critical");
    assertThat(shown.getString("run")).isEqualTo("a");
    assertThat(shown.getString("summary")).isEqualTo("The network has begun to memorize.");
    assertThat(shown.getString("description")).isEqualTo("Run a fits labels.");
    assertThat(shown.getString("runbookUrl")).endsWith("/runbook#memorizationonset");
    assertThat(shown.getLong("startsAtMillis")).isEqualTo(1_795_258_800_123L);
    assertThat(shown.getValue("end")).isNull();
    assertThat(shown.getJsonObject("labels").getMap()).containsEntry("run", "a").hasSize(3);

    message.getJsonArray("alerts").getJsonObject(0).put("status", "resolved");
    Webhook.send(collector, message.encode());

    assertThat(alerts().getJsonArray("firing")).isEmpty();
    JsonObject ended = alerts().getJsonArray("ended").getJsonObject(0);
    assertThat(ended.getString("end")).isEqualTo("resolved");
    assertThat(ended.getLong("endedAtMillis")).isPositive();
  }

  @Test
  void aRunCanBeAskedFor() {
    Webhook.send(collector, Webhook.message(Webhook.onset("a"), Webhook.onset("b")).encode());

    assertThat(collector.getJson(Webhook.PATH + "?run=a").getJsonArray("firing")).hasSize(1);
    assertThat(collector.getJson(Webhook.PATH + "?run=c").getJsonArray("firing")).isEmpty();
    assertProblem(collector.get(Webhook.PATH + "?name=a"), 400, "parameter name is unknown");
  }

  @Test
  void anAddressThatIsAScriptIsNone() {
    JsonObject alert = Webhook.onset("a");
    alert.getJsonObject("annotations").put("runbook_url", "JavaScript:alert(1)");
    Webhook.send(collector, Webhook.message(alert).encode());

    assertThat(alerts().getJsonArray("firing").getJsonObject(0).getString("runbookUrl")).isEmpty();
  }

  @Test
  void theEventStreamTellsOfThem() throws IOException {
    SyntheticRun run = new SyntheticRun("a", 0);
    collector.send(run.start());
    try (StreamClient client = new StreamClient(collector).read()) {
      JsonObject first = client.await(frame -> frame.getBoolean("full"));
      assertThat(first.getJsonObject("alerts").getJsonArray("firing")).isEmpty();

      Webhook.send(collector, Webhook.message(Webhook.onset("a")).encode());

      JsonObject news = client.await(frame -> !frame.getBoolean("full"));
      assertThat(news.getJsonArray("runs")).isEmpty();
      assertThat(news.getJsonObject("alerts")).isEqualTo(alerts());
      Webhook.send(collector, Webhook.message(Webhook.onset("a")).encode());
      collector.send(run.step());
      JsonObject next = client.await(frame -> StreamClient.steps(frame, "a") == 1);
      assertThat(next.containsKey("alerts")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "version | 3 | field version must be a text",
        "version | '3' | field version is '3', must be '4'",
        "version | | field version is missing",
        "groupKey | '' | field groupKey is empty",
        "alerts | {} | field alerts must be a list",
        "alerts | | field alerts must be a list",
        "alerts | ['x'] | field alerts[0] must be an object",
        "alerts/0/status | 'on' | field alerts[0].status is 'on', must be 'firing' or 'resolved'",
        "alerts/0/labels | [] | field alerts[0].labels must be an object",
        "alerts/0/labels/alertname | | field alerts[0].labels.alertname is missing",
        "alerts/0/labels/run | 7 | field alerts[0].labels.run must be a text",
        "alerts/0/annotations | | field alerts[0].annotations must be an object",
        "alerts/0/annotations/summary | null | field alerts[0].annotations.summary must be a text",
        "alerts/0/startsAt | 'noon' | field alerts[0].startsAt is 'noon', must be a time such as",
        "alerts/0/fingerprint | | field alerts[0].fingerprint is missing"
      })
  void whatIsWrongIsSaid(String field, String value, String problem) {
    JsonObject message = Webhook.message(Webhook.onset("a"));
    JsonObject parent = message;
    String[] path = field.split("/", -1);
    for (int i = 0; i < path.length - 1; i++) {
      parent =
          path[i].equals("alerts")
              ? parent.getJsonArray("alerts").getJsonObject(Integer.parseInt(path[++i]))
              : parent.getJsonObject(path[i]);
    }
    String last = path[path.length - 1];
    if (value == null) {
      parent.remove(last);
    } else {
      parent.put(last, new JsonArray("[" + value.replace('\'', '"') + "]").getValue(0));
    }

    assertProblem(Webhook.send(collector, message.encode()), 400, problem);
    assertThat(alerts().getJsonArray("firing")).isEmpty();
    assertThat(collector.get("/metrics").body())
        .contains("engram_alert_messages_rejected_total 1.0");
  }

  @Test
  void takesNoMoreThanItsBounds() {
    JsonObject[] many =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> Webhook.alert("A", "info", "r" + i))
            .toArray(JsonObject[]::new);
    assertProblem(
        Webhook.send(collector, Webhook.message(many).encode()),
        400,
        "field alerts has 1001, must have at most 1000");
    JsonObject alert = Webhook.onset("a");
    alert.getJsonObject("annotations").put("description", "x".repeat(4_097));
    assertProblem(
        Webhook.send(collector, Webhook.message(alert).encode()),
        400,
        "field alerts[0].annotations.description is longer than 4096 characters");
    JsonObject wordy = Webhook.onset("a");
    wordy
        .getJsonObject("annotations")
        .put("description", "x".repeat(4_096))
        .put("impact", "x".repeat(4_096));
    assertProblem(
        Webhook.send(collector, Webhook.message(wordy).encode()),
        400,
        "field alerts[0] has labels and annotations of more than 8192 characters");
    JsonObject labelled = Webhook.onset("a");
    IntStream.range(0, 64).forEach(i -> labelled.getJsonObject("labels").put("l" + i, ""));
    assertProblem(
        Webhook.send(collector, Webhook.message(labelled).encode()),
        400,
        "field alerts[0].labels has 67, must have at most 64");
    assertProblem(
        Webhook.send(collector, " ".repeat(1024 * 1024 + 1)),
        413,
        "the body is longer than 1048576 bytes");
    assertProblem(Webhook.send(collector, "[".repeat(100_000)), 400, "the body is not a JSON");
    assertProblem(Webhook.send(collector, ""), 400, "the body is not a JSON object");
  }

  @Test
  void otherPagesAndFormsMayNotTell() {
    String body = Webhook.message(Webhook.onset("a")).encode();

    assertProblem(
        collector.post(
            Webhook.PATH,
            body,
            "Content-Type",
            "application/json",
            "Origin",
            "http://evil.example"),
        403,
        "alerts are taken from the collector's own page and from programs");
    assertProblem(
        collector.post(Webhook.PATH, body, "Content-Type", "text/plain"), 415, "the body must be");
    assertProblem(
        collector.request("PUT", Webhook.PATH, BodyHandlers.ofString()),
        405,
        "PUT is not taken here: use GET or POST");
    assertThat(alerts().getJsonArray("firing")).isEmpty();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String problem) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("error")).startsWith(problem);
  }
}
