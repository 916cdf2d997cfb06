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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
final class SeriesApiTest {
  private static final int STEPS = 2 * SyntheticRun.STEPS_PER_EPOCH;
  private static final String JSON = "/api/v1/series";
  private static final String CSV = "/api/v1/series.csv";

  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("beta", 0, "dense0"), 3);
    collector.train(new SyntheticRun("alpha", 0.4, "dense0").withProbes(), STEPS);
  }

  @Test
  void givesSeriesOfSeveralRuns() {
    JsonArray runs =
        collector
            .getJson(JSON + "?run=beta&run=alpha&name=step_loss&name=examples_learned/flipped")
            .getJsonArray("runs");

    assertThat(runs).hasSize(2);
    JsonObject beta = runs.getJsonObject(0);
    JsonObject alpha = runs.getJsonObject(1);
    assertThat(beta.getString("run")).isEqualTo("beta");
    assertThat(beta.getJsonArray("series")).as("it has no flipped labels").hasSize(1);
    assertThat(beta.getJsonArray("series").getJsonObject(0).getJsonArray("steps")).hasSize(3);
    assertThat(alpha.getJsonArray("series")).hasSize(2);
    assertThat(alpha.getJsonArray("series").getJsonObject(0))
        .isEqualTo(
            collector
                .getJson("/api/v1/runs/alpha/series?name=step_loss")
                .getJsonArray("series")
                .getJsonObject(0));
  }

  @Test
  void thinsThem() {
    JsonObject series =
        collector
            .getJson(JSON + "?run=alpha&name=step_loss&points=10")
            .getJsonArray("runs")
            .getJsonObject(0)
            .getJsonArray("series")
            .getJsonObject(0);

    assertThat(series.getJsonArray("steps")).hasSizeLessThanOrEqualTo(10).contains(0, STEPS - 1);
  }

  @Test
  void aTableHasEveryPoint() {
    JsonObject loss = series("alpha", "step_loss");
    JsonObject accuracy = series("alpha", "accuracy/validation");

    HttpResponse<String> answer =
        collector.get(CSV + "?run=alpha&run=beta&name=step_loss&name=accuracy/validation");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    List<String> rows = List.of(answer.body().split("\r\n"));
    assertThat(rows.get(0))
        .isEqualTo("run,step,epoch,step_loss [nats],accuracy/validation [share]");
    // Each step of both, and of alpha the evaluation after the last.
    assertThat(rows).hasSize(1 + STEPS + 1 + 3);
    assertThat(rows.get(1)).isEqualTo("alpha,0,0.0," + value(loss, 0) + "," + value(accuracy, 0));
    assertThat(rows.get(2)).isEqualTo("alpha,1,0.05," + value(loss, 1) + ",");
    assertThat(rows.get(1 + STEPS)).isEqualTo("alpha," + STEPS + ",2.0,," + value(accuracy, 2));
    assertThat(rows.get(2 + STEPS)).startsWith("beta,0,0.0,");
  }

  private JsonObject series(String run, String name) {
    return collector
        .getJson("/api/v1/runs/" + run + "/series?points=10000&name=" + name)
        .getJsonArray("series")
        .getJsonObject(0);
  }

  private static String value(JsonObject series, int index) {
    return Float.toString(series.getJsonArray("values").getFloat(index));
  }

  @Test
  void everySeriesHasAUnit() {
    List<String> names = new ArrayList<>();
    collector
        .getJson("/api/v1/runs/alpha")
        .getJsonArray("series")
        .forEach(name -> names.add(String.valueOf(name)));

    assertThat(names).hasSizeGreaterThan(40);
    assertThat(new TreeSet<>(names))
        .allSatisfy(name -> assertThat(SeriesUnits.of(name)).isNotBlank());
    String query = "?run=alpha&name=" + String.join("&name=", names).replace(" ", "%20");
    assertThat(collector.get(CSV + query).statusCode()).isEqualTo(200);
  }

  @Test
  void aHeadHasNoTable() {
    HttpResponse<String> head =
        collector.request("HEAD", CSV + "?run=beta&name=step_loss", BodyHandlers.ofString());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/series                                 | 400 | parameter run is missing",
        "/api/v1/series?run=alpha                       | 400 | parameter name is missing: use one or more",
        "/api/v1/series?run=alpha&name=nothing          | 400 | 'nothing' is unknown: use one or",
        "/api/v1/series?run=gamma&name=step_loss        | 404 | run 'gamma' is not known",
        "/api/v1/series.csv?run=alpha&name=nothing      | 400 | 'nothing' is unknown: use one or",
        "/api/v1/series.csv?run=alpha&name=a&points=5   | 400 | parameter points is unknown",
        "/api/v1/series?run=alpha&name=step_loss&points=4 | 400 | '4' is not a whole number from 5"
      })
  void refusesWhatItCannotAnswer(String path, int status, String problem) {
    HttpResponse<String> answer = collector.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("error")).contains(problem);
  }
}
