package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
final class RunsApiTest {
  private static final int STEPS = 2 * SyntheticRun.STEPS_PER_EPOCH;
  private static final String ALPHA = "/api/v1/runs/alpha";

  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("beta", 0, "dense0"), 1);
    collector.train(new SyntheticRun("alpha", 0.4, "dense0"), STEPS);
  }

  @Test
  void listsTheRuns() {
    JsonArray runs = collector.getJson("/api/v1/runs").getJsonArray("runs");

    assertThat(runs).hasSize(2);
    assertThat(runs.getJsonObject(0).getString("run")).isEqualTo("alpha");
    assertThat(runs.getJsonObject(1).getString("run")).isEqualTo("beta");
  }

  @Test
  void showsARun() {
    JsonObject answer = collector.getJson(ALPHA);
    JsonObject run = answer.getJsonObject("run");

    assertThat(answer.getJsonArray("series"))
        .contains("step_loss", "gradient_norm/dense0", "accuracy/validation");
    assertThat(run.getString("state")).isEqualTo("running");
    assertThat(run.getJsonObject("header").getJsonObject("noise").getString("labels"))
        .isEqualTo("uniform");
    assertThat(run.getJsonObject("progress").getInteger("steps")).isEqualTo(STEPS);
    assertThat(run.getJsonArray("evaluations")).hasSize(2);
    assertThat(run.getJsonObject("examples").getJsonArray("groups")).hasSize(2);
  }

  @Test
  void aMeasurementThatIsNoNumberIsNull() {
    collector.send(new SyntheticRun("gamma", 0).start());

    JsonObject progress =
        collector.getJson("/api/v1/runs/gamma").getJsonObject("run").getJsonObject("progress");

    assertThat(progress.containsKey("stepLoss")).isTrue();
    assertThat(progress.getValue("stepLoss")).isNull();
  }

  @Test
  void givesStretchesOfSeries() {
    JsonArray series =
        collector
            .getJson(ALPHA + "/series?name=step_loss&name=accuracy/train&from=3&to=25")
            .getJsonArray("series");

    assertThat(series.getJsonObject(0).getString("name")).isEqualTo("step_loss");
    assertThat(series.getJsonObject(0).getJsonArray("steps")).hasSize(23).first().isEqualTo(3);
    assertThat(series.getJsonObject(0).getJsonArray("values")).hasSize(23);
    assertThat(series.getJsonObject(1).getJsonArray("steps"))
        .containsExactly(SyntheticRun.STEPS_PER_EPOCH);
  }

  @Test
  void thinsSeries() {
    JsonObject series =
        collector
            .getJson(ALPHA + "/series?name=step_loss&points=10")
            .getJsonArray("series")
            .getJsonObject(0);

    assertThat(series.getJsonArray("steps")).hasSizeLessThanOrEqualTo(10).contains(0, STEPS - 1);
  }

  @ParameterizedTest
  @CsvSource({"hardest", "most-forgotten", "lowest-margin"})
  void ordersExamples(String order) {
    JsonObject answer = collector.getJson(ALPHA + "/examples?limit=7&order=" + order);

    assertThat(answer.getString("order")).isEqualTo(order);
    assertThat(answer.getJsonArray("examples")).hasSize(7);
  }

  @Test
  void theHardestExamplesAreTheDefault() {
    JsonArray examples = collector.getJson(ALPHA + "/examples").getJsonArray("examples");

    assertThat(examples).hasSize(20);
    assertThat(examples.getJsonObject(0).getInteger("correct")).isZero();
    assertThat(examples.getJsonObject(0).getString("labels")).isIn("clean", "flipped");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/runs?x=1                        | 400 | parameter x is unknown: none is taken here",
        "/runs/nobody                     | 404 | run 'nobody' is not known: /api/v1/runs lists",
        "/runs/%3Cb%3E                    | 404 | run '<b>' is not known",
        "/runs/alpha/series               | 400 | parameter name is missing: use one or more of accuracy/train,",
        "/runs/alpha/series?name=loss     | 400 | parameter name 'loss' is unknown: use one",
        "/runs/alpha/series?name=step_loss&points=4     | 400 | parameter points '4' is not a whole number from 5 to 10000",
        "/runs/alpha/series?name=step_loss&points=10001 | 400 | parameter points '10001' is not",
        "/runs/alpha/series?name=step_loss&points=many  | 400 | parameter points 'many' is not",
        "/runs/alpha/series?name=step_loss&from=-1      | 400 | parameter from '-1' is not a whole number from 0 on",
        "/runs/alpha/series?name=step_loss&from=9&to=8  | 400 | parameter to '8' is not a whole number from 9 on",
        "/runs/alpha/series?name=step_loss&form=1       | 400 | parameter form is unknown: use name, from, to, points",
        "/runs/alpha/examples?limit=0     | 400 | parameter limit '0' is not a whole number from 1 to 1000",
        "/runs/alpha/examples?limit=1&limit=2 | 400 | parameter limit is given more than once",
        "/runs/alpha/examples?order=best  | 400 | parameter order 'best' is unknown: use one of hardest, most-forgotten, lowest-margin, suspect,",
        "/runs/alpha/elsewhere            | 404 | nothing is served at /api/v1/runs/alpha/elsewhere"
      })
  void aQuestionThatCannotBeAnsweredSaysWhy(String path, int status, String problem) {
    HttpResponse<String> answer = collector.get("/api/v1" + path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new JsonObject(answer.body()).getString("error")).startsWith(problem);
  }

  @Test
  void onlyReading() {
    HttpResponse<String> answer = collector.request("DELETE", ALPHA, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).contains("DELETE is not taken here: use GET");
  }

  @Test
  void headTellsTheHeadersOnly() {
    HttpResponse<String> answer = collector.request("HEAD", ALPHA, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    assertThat(answer.body()).isEmpty();
  }
}
