package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Parcels;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.collector.ingest.EventJson;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
@Timeout(120)
final class EventsApiTest {
  private static final String TYPE = "application/x-ndjson";

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunByLinesIsTheSameAsOverTheBus(boolean journal, Vertx vertx, Vertx other) {
    TestCollector lines = start(vertx, journal);
    TestCollector bus = TestCollector.start(other);
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0");
    EventBatch batch = run.start();
    for (int i = 0; i <= 3 * SyntheticRun.STEPS_PER_EPOCH; i++) {
      bus.send(batch);
      HttpResponse<String> answer = post(lines, batch, "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(new JsonObject(answer.body()).getLong("acknowledged")).isEqualTo(last(batch));
      batch = run.step();
    }

    for (String path :
        List.of(
            "/api/v1/runs/alpha",
            "/api/v1/runs/alpha/series?name=step_loss",
            "/api/v1/runs/alpha/examples?limit=50")) {
      assertThat(lines.get(path).body()).isEqualTo(bus.get(path).body());
    }
    assertThat(lines.get("/metrics").body()).contains("engram_steps_total{run=\"alpha\"}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatComesAgainCountsOnce(boolean journal, Vertx vertx) {
    TestCollector collector = start(vertx, journal);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    EventBatch start = run.start();
    EventBatch step = run.step();
    post(collector, start, "");
    post(collector, step, "");
    List<EventEnvelope> overlap =
        Stream.of(start, step, run.step()).flatMap(batch -> batch.envelopes().stream()).toList();
    int old = start.envelopes().size() + step.envelopes().size();

    JsonObject again = new JsonObject(post(collector, step, "").body());
    JsonObject partly = new JsonObject(post(collector, new EventBatch(overlap, 0), "").body());

    assertThat(again.getInteger("duplicates")).isEqualTo(step.envelopes().size());
    assertThat(again.getInteger("accepted")).isZero();
    assertThat(again.getLong("acknowledged")).isEqualTo(last(step));
    assertThat(partly.getInteger("duplicates")).isEqualTo(old);
    assertThat(partly.getInteger("accepted")).isEqualTo(overlap.size() - old);
    assertThat(partly.getLong("missed")).isZero();
    JsonObject alpha = alpha(collector);
    assertThat(alpha.getJsonObject("progress").getLong("steps")).isEqualTo(2);
    assertThat(alpha.getJsonObject("delivery").getLong("missed")).isZero();
    assertThat(alpha.getJsonObject("delivery").getLong("duplicate"))
        .isEqualTo((long) step.envelopes().size() + old);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGapIsRefusedUnlessItIsToBeCounted(boolean journal, Vertx vertx) {
    TestCollector collector = start(vertx, journal);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    EventBatch start = run.start();
    EventBatch lost = run.step();
    EventBatch next = run.step();

    HttpResponse<String> unknown = post(collector, next, "");
    assertThat(unknown.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(unknown.body()).getLong("expected")).isZero();
    post(collector, start, "");
    HttpResponse<String> refused = post(collector, next, "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(refused.body()).getLong("expected")).isEqualTo(last(start) + 1);
    assertThat(new JsonObject(refused.body()).getString("error"))
        .startsWith(
            "sequence %d does not follow: %d is".formatted(last(lost) + 1, last(start) + 1));
    JsonObject counted = new JsonObject(post(collector, next, "&gaps=count").body());

    assertThat(counted.getLong("missed")).isEqualTo(lost.envelopes().size());
    assertThat(counted.getInteger("accepted")).isEqualTo(next.envelopes().size());
    assertThat(alpha(collector).getJsonObject("delivery").getLong("missed"))
        .isEqualTo(lost.envelopes().size());
    assertThat(alpha(collector).getJsonObject("progress").getLong("steps")).isEqualTo(1);
  }

  @Test
  void anIncarnationThatIsOverIsRefused(Vertx vertx) {
    TestCollector collector = start(vertx, false);
    EventBatch start = new SyntheticRun("alpha", 0).start();
    long incarnation = start.envelopes().get(0).incarnation();
    post(collector, start, "");

    HttpResponse<String> late = post(collector, start, incarnation - 1, "");

    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(new JsonObject(late.body()).getLong("incarnation")).isEqualTo(incarnation);
    assertThat(post(collector, start, incarnation + 1, "").statusCode()).isEqualTo(200);
    assertThat(alpha(collector).getLong("incarnation")).isEqualTo(incarnation + 1);
  }

  @Test
  void whatWasAnsweredIsOnTheDisk(Vertx vertx, Vertx other) {
    TestCollector collector = start(vertx, true);
    SyntheticRun run = new SyntheticRun("alpha", 0);
    post(collector, run.start(), "");
    post(collector, run.step(), "");
    Path left = Parcels.afterAKill(dir.resolve("state"), dir.resolve("left"));

    TestCollector after =
        TestCollector.start(
            other, new JsonObject().put("stateDir", left.toString()).put("journal", true));

    assertThat(after.get("/api/v1/runs/alpha").body())
        .isEqualTo(collector.get("/api/v1/runs/alpha").body());
  }

  @Test
  void aWrongLineLeavesEverythingAsItWas(Vertx vertx) {
    TestCollector collector = start(vertx, false);
    String lines = EventJson.lines(new SyntheticRun("alpha", 0).start().envelopes());

    HttpResponse<String> answer = post(collector, lines + "{\"sequence\": \"x\"}", "incarnation=1");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("error"))
        .isEqualTo(
            "nothing was taken: line 4: field sequence: must be a whole number from"
                + " -9223372036854775808 to 9223372036854775807, was \"x\"");
    assertThat(body.getJsonArray("lines"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("line", 4)
                        .put("field", "sequence")
                        .put(
                            "problem",
                            "must be a whole number from -9223372036854775808 to"
                                + " 9223372036854775807, was \"x\"")));
    assertThat(collector.get("/api/v1/runs/alpha").statusCode()).isEqualTo(404);
  }

  @Test
  void takesGzip(Vertx vertx) throws IOException {
    TestCollector collector = start(vertx, false);
    EventBatch start = new SyntheticRun("alpha", 0).start();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(EventJson.lines(start.envelopes()).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(postBytes(collector, bytes.toByteArray(), "gzip").statusCode()).isEqualTo(200);
    assertThat(alpha(collector).getJsonObject("delivery").getLong("received"))
        .isEqualTo(start.envelopes().size());
    HttpResponse<String> cut = postBytes(collector, Arrays.copyOf(bytes.toByteArray(), 20), "gzip");
    assertThat(cut.statusCode()).isEqualTo(400);
    assertThat(cut.body()).contains("the body is no gzip");
    assertThat(postBytes(collector, bytes.toByteArray(), "br").statusCode()).isEqualTo(415);
  }

  @Test
  void saysWhatARequestLacks(Vertx vertx) {
    TestCollector collector = start(vertx, false);
    String events = "/api/v1/runs/alpha/events";

    assertThat(collector.post(events, "{}", "Content-Type", TYPE).body())
        .contains("parameter incarnation is missing: use a number that grows");
    assertThat(collector.post(events + "?incarnation=-1", "{}", "Content-Type", TYPE).body())
        .contains("parameter incarnation '-1' is not a whole number from 0 on");
    assertThat(
            collector.post(events + "?incarnation=1&gaps=maybe", "{}", "Content-Type", TYPE).body())
        .contains("parameter gaps 'maybe' is unknown: use refuse or count");
    assertThat(
            collector
                .post("/api/v1/runs/A_b/events?incarnation=1", "{}", "Content-Type", TYPE)
                .body())
        .contains("run id 'A_b' is not a DNS label");
    HttpResponse<String> type =
        collector.post(events + "?incarnation=1", "{}", "Content-Type", "application/json");
    assertThat(type.statusCode()).isEqualTo(415);
    assertThat(type.body()).contains("Content-Type: application/x-ndjson");
    HttpResponse<String> put = collector.request("PUT", events, BodyHandlers.ofString());
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.body()).contains("PUT is not taken here: use POST");
  }

  @Test
  void aBodyThatIsTooLongIsRefused(Vertx vertx) {
    TestCollector collector = start(vertx, false);

    HttpResponse<String> answer = post(collector, "\n".repeat((8 << 20) + 1), "incarnation=1");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("the body is longer than 8388608 bytes");
  }

  @Test
  void pagesOfOtherSitesMayNot(Vertx vertx) {
    TestCollector collector = start(vertx, false);

    HttpResponse<String> answer =
        collector.post(
            "/api/v1/runs/alpha/events?incarnation=1",
            "{}",
            "Content-Type",
            TYPE,
            "Origin",
            "http://elsewhere.example");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void servesTheSchema(Vertx vertx) {
    HttpResponse<String> schema = start(vertx, false).get("/api/v1/schema/events.json");

    assertThat(schema.headers().firstValue("Content-Type")).hasValue("application/schema+json");
    assertThat(new JsonObject(schema.body()).getString("$schema"))
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void whatCannotBeKeptNowIsToBeSentAgain(Vertx vertx) throws Exception {
    CollectorServer server =
        BareServer.start(
            vertx,
            Future::succeededFuture,
            parcel -> Future.failedFuture("the disk does not keep up: try again"));
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/runs/alpha/events?incarnation=1".formatted(server.port()));
    String lines = EventJson.lines(new SyntheticRun("alpha", 0).start().envelopes());

    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .header("Content-Type", TYPE)
                    .POST(HttpRequest.BodyPublishers.ofString(lines))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.body()).isEqualTo("{\"error\":\"the disk does not keep up: try again\"}");
  }

  private TestCollector start(Vertx vertx, boolean journal) {
    return TestCollector.start(
        vertx,
        journal
            ? new JsonObject()
                .put("stateDir", dir.resolve("state").toString())
                .put("journal", true)
                .put("saveIntervalSeconds", 3_600)
            : new JsonObject());
  }

  private static HttpResponse<String> post(TestCollector to, EventBatch batch, String more) {
    return post(to, batch, batch.envelopes().get(0).incarnation(), more);
  }

  private static HttpResponse<String> post(
      TestCollector to, EventBatch batch, long incarnation, String more) {
    return post(to, EventJson.lines(batch.envelopes()), "incarnation=" + incarnation + more);
  }

  private static HttpResponse<String> post(TestCollector to, String lines, String query) {
    return to.post("/api/v1/runs/alpha/events?" + query, lines, "Content-Type", TYPE);
  }

  private static HttpResponse<String> postBytes(TestCollector to, byte[] body, String coding) {
    return to.send(
        HttpRequest.newBuilder(to.uri("/api/v1/runs/alpha/events?incarnation=1"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        BodyHandlers.ofString(),
        "Content-Type",
        TYPE,
        "Content-Encoding",
        coding);
  }

  private static long last(EventBatch batch) {
    return batch.envelopes().get(batch.envelopes().size() - 1).sequence();
  }

  private static JsonObject alpha(TestCollector collector) {
    return collector.getJson("/api/v1/runs/alpha").getJsonObject("run");
  }
}
