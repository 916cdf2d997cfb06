package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.RunCommand;
import io.engram.events.RunId;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
final class CommandsTest {
  private static final String ALPHA = "/api/v1/runs/alpha/commands";
  private static final String PAUSE = "{\"command\": \"pause\"}";

  private final List<RunCommand> heard = Collections.synchronizedList(new ArrayList<>());
  private final SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
  private Vertx vertx;
  private TestCollector collector;

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    collector = TestCollector.start(vertx);
    collector.send(run.start());
    vertx
        .eventBus()
        .<JsonObject>consumer(EventAddresses.commands(new RunId("alpha")), this::obey)
        .completion()
        .await();
  }

  private void obey(Message<JsonObject> command) {
    RunCommand told = CommandMessage.fromJson(command.body()).command();
    heard.add(told);
    switch (told) {
      case PAUSE -> command.reply("PAUSED");
      case STOP -> command.fail(409, "run alpha has ended");
      default -> command.fail(500, "the disk is full");
    }
  }

  @Test
  void handsACommandOverAndSaysTheState() {
    HttpResponse<String> answer = post(ALPHA, PAUSE);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()))
        .isEqualTo(new JsonObject().put("run", "alpha").put("state", "paused"));
    assertThat(heard).containsExactly(RunCommand.PAUSE);
  }

  @Test
  void saysWhyNot() {
    assertProblem(post("/api/v1/runs/beta/commands", PAUSE), 404, "run 'beta' is not known");
    assertProblem(post(ALPHA, "{\"command\": \"stop\"}"), 409, "run alpha has ended");
    assertProblem(
        post(ALPHA, "{\"command\": \"checkpoint\"}"),
        502,
        "run 'alpha' could not checkpoint: the disk is full");
    collector.send(new SyntheticRun("gamma", 0, "dense0").start());
    assertProblem(post("/api/v1/runs/gamma/commands", PAUSE), 504, "run 'gamma' is not there");
    collector.send(run.stop("enough"));
    assertProblem(post(ALPHA, PAUSE), 409, "run 'alpha' has ended: it was stopped");
    assertThat(heard).containsExactly(RunCommand.STOP, RunCommand.CHECKPOINT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PAUSE | the body is not a JSON object",
        "[] | the body is not a JSON object",
        "null | the body is not a JSON object",
        "{} | the body must have the one field command, one of pause, resume, checkpoint, stop",
        "{\"command\": \"pause\", \"when\": 3} | the body must have the one field command",
        "{\"command\": \"PAUSE\"} | the body names no known command: use one of pause, resume",
        "{\"command\": [\"pause\"]} | the body names no known command",
      })
  void takesNothingElse(String body, String problem) {
    assertProblem(post(ALPHA, body), 400, problem);
    assertThat(heard).isEmpty();
  }

  @Test
  void takesNoMoreThanABodyOfACommand() {
    assertProblem(
        post(ALPHA, " ".repeat(2_000) + PAUSE), 413, "the body is longer than 1024 bytes");
    assertProblem(post(ALPHA, ""), 400, "the body is not a JSON object");
    assertProblem(
        collector.request("PUT", ALPHA, BodyHandlers.ofString()),
        405,
        "PUT is not taken here: use POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void whatAFormCanSendIsRefused(String type) {
    assertProblem(collector.post(ALPHA, PAUSE, "Content-Type", type), 415, "the body must be JSON");
    assertProblem(collector.post(ALPHA, PAUSE), 415, "the body must be JSON");
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://127.0.0.1:1",
    "Origin, not an origin"
  })
  void theButtonsOfOtherPagesDoNothing(String header, String value) {
    assertProblem(
        post(ALPHA, PAUSE, header, value), 403, "commands are taken from the collector's");
    assertThat(heard).isEmpty();
  }

  @Test
  void theCollectorsOwnPageMay() {
    String origin = "http://127.0.0.1:" + collector.port();

    assertThat(post(ALPHA, PAUSE, "Origin", origin, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
  }

  /** A name of another site that was made to point here: to the browser it is the same origin. */
  @Test
  void aPageThatOnlyClaimsToBeOursMayNot() {
    String name = "evil.example:" + collector.port();
    HttpClient client = vertx.createHttpClient();
    int status =
        client
            .request(
                new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(collector.port())
                    .setURI(ALPHA)
                    .putHeader("Host", name)
                    .putHeader("Origin", "http://" + name)
                    .putHeader("Content-Type", "application/json"))
            .compose(request -> request.send(PAUSE))
            .await()
            .statusCode();
    client.close().await();

    assertThat(status).isEqualTo(403);
    assertThat(heard).isEmpty();
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json; charset=utf-8";
    return collector.post(path, body, all);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String problem) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("error")).startsWith(problem);
  }
}
