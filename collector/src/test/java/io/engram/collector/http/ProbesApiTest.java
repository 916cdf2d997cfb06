package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class ProbesApiTest {
  private static final int STEPS = 6 * SyntheticRun.STEPS_PER_EPOCH;
  private static final String ALPHA = "/api/v1/runs/alpha";

  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("alpha", 0.4, "dense0").withProbes(), STEPS);
  }

  @Test
  void aRunTellsWhatWasMeasured() {
    JsonObject answer = collector.getJson(ALPHA);
    JsonObject run = answer.getJsonObject("run");
    JsonObject measurements = run.getJsonObject("measurements");

    assertThat(answer.getJsonArray("series"))
        .contains(
            "csr/validation/8",
            "csr/validation/8/lower",
            "csr/validation/8/upper",
            "sensitivity_gini/unrolled",
            "sensitivity_gini/direct/lower",
            "sensitivity_class_dominance/unrolled",
            "mislabel_auroc/combined",
            "agreement/training",
            "agreement_mean/holdout",
            "label_rank_z/canary",
            "agreement_gap",
            "gradient_effective_rank",
            "parameter_norm");
    assertThat(measurements.getJsonArray("criticalSamples")).hasSize(6);
    JsonObject search = measurements.getJsonArray("criticalSamples").getJsonObject(2);
    assertThat(search.getString("split")).isEqualTo("validation");
    assertThat(search.getString("radius")).isEqualTo("8");
    assertThat(search.getJsonObject("interval").getDouble("lower"))
        .isLessThan(search.getDouble("ratio"));
    assertThat(search.getJsonObject("change").containsKey("p")).isTrue();
    assertThat(measurements.getJsonArray("sensitivity")).hasSize(3);
    JsonObject monitor = measurements.getJsonObject("monitor");
    assertThat(monitor.getInteger("looks")).isEqualTo(7);
    assertThat(monitor.getJsonArray("roles"))
        .extracting(role -> ((JsonObject) role).getString("role"))
        .containsExactly("training", "holdout", "canary", "ghost");
    assertThat(measurements.getJsonArray("probes")).hasSize(2);
    assertThat(run.getJsonObject("examples").getJsonObject("mislabelAuroc").getMap())
        .containsOnlyKeys("aum", "combined", "csg", "csl", "forgetting");
  }

  @Test
  void listsSuspects() {
    for (String order : List.of("suspect", "aum", "csl", "forgetting", "csg")) {
      JsonArray rows =
          collector.getJson(ALPHA + "/examples?limit=48&order=" + order).getJsonArray("examples");
      long flipped =
          rows.stream()
              .filter(row -> ((JsonObject) row).getString("labels").equals("flipped"))
              .count();

      assertThat(rows).as(order).hasSize(48);
      assertThat(flipped).as(order).isGreaterThan(30);
    }
    JsonObject worst =
        collector
            .getJson(ALPHA + "/examples?limit=1&order=suspect")
            .getJsonArray("examples")
            .getJsonObject(0);
    assertThat(worst.getDouble("suspicion")).isBetween(0.7, 1.0);
    assertThat(worst.getMap()).containsKeys("given", "lastPredicted", "inputGradientSquares");
  }

  @Test
  void theDataMapIsASampleThatStays() {
    JsonArray few = collector.getJson(ALPHA + "/data-map?points=100").getJsonArray("points");
    JsonArray all = collector.getJson(ALPHA + "/data-map").getJsonArray("points");

    assertThat(few).hasSize(100);
    assertThat(all).hasSize(SyntheticRun.EXAMPLES);
    assertThat(ids(all)).containsAll(ids(few)).hasSize(SyntheticRun.EXAMPLES);
    JsonObject point = few.getJsonObject(0);
    assertThat(point.getDouble("confidence")).isBetween(0.0, 1.0);
    assertThat(point.getDouble("variability")).isBetween(0.0, 0.5);
    assertThat(point.getDouble("correctShare")).isBetween(0.0, 1.0);
    assertThat(point.getString("labels")).isIn("clean", "flipped");
    assertThat(collector.get(ALPHA + "/data-map?points=10001").body())
        .contains("parameter points '10001' is not a whole number from 1 to 10000");
  }

  private static Set<Object> ids(JsonArray points) {
    return points.stream()
        .map(point -> ((JsonObject) point).getValue("id"))
        .collect(Collectors.toSet());
  }

  @Test
  void givesTheClassMatrix() {
    JsonArray kinds = collector.getJson(ALPHA + "/sensitivity").getJsonArray("sensitivity");

    JsonObject unrolled = kinds.getJsonObject(0);
    assertThat(unrolled.getString("kind")).isEqualTo("unrolled");
    assertThat(unrolled.getInteger("classes")).isEqualTo(10);
    assertThat(unrolled.getJsonArray("classMatrix")).hasSize(100);
    assertThat(unrolled.getDouble("classDominance")).isBetween(1.5, 2.5);
    assertThat(unrolled.getJsonObject("gini").getDouble("coefficient")).isBetween(0.1, 0.6);
    assertThat(kinds.getJsonObject(1).getJsonArray("classMatrix")).isEmpty();
    assertThat(kinds.getJsonObject(2).getString("kind")).isEqualTo("direct");
  }

  @Test
  void tellsInWhichIterationCriticalSamplesWereFound() {
    JsonObject search =
        collector
            .getJson(ALPHA + "/critical-samples")
            .getJsonArray("criticalSamples")
            .getJsonObject(4);
    JsonArray foundBy = search.getJsonArray("foundBy");

    assertThat(foundBy).hasSize(10);
    assertThat(foundBy.getInteger(9)).isEqualTo(search.getInteger("critical"));
    assertThat(foundBy.getInteger(0)).isPositive().isLessThan(foundBy.getInteger(9));
    assertThat(search.getInteger("searchedTotal")).isEqualTo(1400);
  }
}
