package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.access.Access;
import io.engram.events.access.AccessToken;
import io.engram.events.access.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
final class AccessGateTest {
  private static final String READ = AccessToken.generate();
  private static final String ALL = AccessToken.generate();
  private static final List<AccessToken> TOKENS =
      List.of(AccessToken.of(READ, Scope.READ), AccessToken.of(ALL, Scope.ALL));

  private TestCollector collector;

  @BeforeEach
  void start(Vertx vertx) {
    collector = start(vertx, new Access(null, TOKENS, false, false));
    collector.send(new SyntheticRun("alpha", 0).start());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/api/v1/runs",
        "/api/v1/runs/alpha",
        "/api/v1/runs/alpha/examples",
        "/api/v1/stream",
        "/api/v1/alerts",
        "/api/v1/series.csv?run=alpha&name=step_loss",
        "//api/v1/runs",
        "/api/v1/../v1/runs",
        "/api/v1/session/../runs",
        "/nothing"
      })
  void whatSaysSomethingOfRunsNeedsAToken(String path) {
    for (String[] headers :
        new String[][] {
          {},
          {"Authorization", "Bearer " + AccessToken.generate()},
          {"Authorization", "Basic " + READ},
          {"Authorization", READ},
          {"Cookie", "engram_token=x"}
        }) {
      HttpResponse<String> answer = collector.get(path, headers);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer realm=\"engram\"");
      assertThat(answer.body()).contains("a token is needed").doesNotContain("alpha");
    }
    assertThat(refused("unauthenticated")).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js", "/runbook", "/livez", "/readyz", "/api/v1/session"})
  void whatSaysNothingOfRunsDoesNot(String path) {
    assertThat(collector.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenOpensByHeaderOrCookie() {
    for (String token : List.of(READ, ALL)) {
      assertThat(collector.get("/api/v1/runs", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);
      assertThat(collector.get("/metrics", "authorization", "bearer " + token).statusCode())
          .isEqualTo(200);
      assertThat(collector.get("/api/v1/runs", "Cookie", "engram_token=" + token).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void oneThatReadsCommandsNothing() {
    String commands = "/api/v1/runs/alpha/commands";

    assertThat(command(commands).statusCode()).isEqualTo(401);
    assertThat(command(commands, "Authorization", "Bearer " + READ).statusCode()).isEqualTo(403);
    assertThat(command("/api/v1/alerts", "Authorization", "Bearer " + READ).statusCode())
        .isEqualTo(403);
    assertThat(command(commands, "Authorization", "Bearer " + ALL).statusCode())
        .as("no trainer is there")
        .isEqualTo(504);
    assertThat(refused("forbidden")).isEqualTo(2);
  }

  @Test
  void loggingInGivesACookieThatNoScriptReads() {
    HttpResponse<String> answer = logIn(READ);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("scope")).isEqualTo("read");
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Strict", "Path=/");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(collector.get("/api/v1/runs", "Cookie", pair).statusCode()).isEqualTo(200);
    assertThat(collector.getJson("/api/v1/session").getBoolean("required")).isTrue();
    assertThat(collector.getJson("/api/v1/session").getString("scope")).isNull();
  }

  @Test
  void aWrongLoginGivesNone() {
    HttpResponse<String> answer = logIn(AccessToken.generate());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(
            collector
                .post("/api/v1/session", "{}", "Content-Type", "application/json")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            collector
                .post(
                    "/api/v1/session",
                    "{\"token\": \"" + READ + "\"}",
                    "Content-Type",
                    "application/json",
                    "Origin",
                    "http://elsewhere.example")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void metricsMayBeOpen(Vertx vertx) {
    TestCollector open = start(Vertx.vertx(), new Access(null, TOKENS, true, false));

    assertThat(open.get("/metrics").statusCode()).isEqualTo(200);
    assertThat(open.get("/metrics").body()).contains("engram_insecure 0.0");
    assertThat(open.get("/api/v1/runs").statusCode()).isEqualTo(401);
    open.stop();
  }

  @Test
  void beyondThisMachineWithoutThemIsSaid() {
    TestCollector exposed =
        TestCollector.start(
            Vertx.vertx(),
            new JsonObject()
                .put("host", "0.0.0.0")
                .put("access", new Access(null, List.of(), false, true).toJson()));

    assertThat(exposed.get("/metrics").body()).contains("engram_insecure 1.0");
    assertThat(exposed.getJson("/api/v1/session").getBoolean("insecure")).isTrue();
    exposed.stop();
  }

  private HttpResponse<String> command(String path, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return collector.post(path, "{\"command\": \"pause\"}", all);
  }

  private HttpResponse<String> logIn(String token) {
    return collector.post(
        "/api/v1/session", "{\"token\": \"" + token + "\"}", "Content-Type", "application/json");
  }

  private long refused(String reason) {
    String name = "engram_requests_refused_total{reason=\"" + reason + "\"} ";
    return collector
        .get("/metrics", "Authorization", "Bearer " + ALL)
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  private static TestCollector start(Vertx vertx, Access access) {
    return TestCollector.start(vertx, new JsonObject().put("access", access.toJson()));
  }
}
