package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class SValidationApiTest {
  private static final String ALPHA = "/api/v1/runs/alpha";

  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    collector.train(
        new SyntheticRun("alpha", 0.4, "dense0").withProbes(), 20 * SyntheticRun.STEPS_PER_EPOCH);
  }

  private JsonArray series() {
    return collector.getJson(ALPHA + "/svalidation").getJsonArray("series");
  }

  private static JsonObject set(JsonObject score, int index) {
    return score.getJsonArray("sets").getJsonObject(index);
  }

  @Test
  void givesEachClassifierASeriesOfItsOwn() {
    JsonObject fast = series().getJsonObject(0);
    JsonObject paper = series().getJsonObject(1);

    assertThat(series()).hasSize(2);
    assertThat(fast.getString("classifier")).startsWith("random-forest-v1 trees=100");
    assertThat(fast.getString("profile")).isEqualTo("FAST");
    assertThat(fast.getBoolean("live")).isTrue();
    assertThat(fast.getInteger("examples")).isEqualTo(2_000);
    assertThat(fast.getDouble("chance")).isEqualTo(0.5);
    assertThat(fast.getJsonArray("sets").getList()).isEqualTo(List.of("0.05", "0.1", "1"));
    assertThat(fast.getJsonArray("checkpoints"))
        .extracting(score -> ((JsonObject) score).getInteger("epoch"))
        .containsExactly(0, 1, 2, 5, 10, 20);
    assertThat(paper.getBoolean("live")).isFalse();
    assertThat(paper.getValue("pixels")).isNull();
    assertThat(paper.getJsonArray("checkpoints")).hasSize(1);
  }

  @Test
  void aCheckpointHasItsEvidence() {
    JsonObject score = series().getJsonObject(0).getJsonArray("checkpoints").getJsonObject(5);
    JsonObject set = set(score, 0);
    JsonObject permuted = set.getJsonObject("permuted");

    assertThat(score.getLong("step")).isEqualTo(20 * SyntheticRun.STEPS_PER_EPOCH);
    assertThat(score.getDouble("validationAccuracy")).isBetween(0.93, 0.95);
    assertThat(score.getJsonObject("features").getInteger("deadUnits")).isEqualTo(3);
    assertThat(score.getDouble("seconds")).isEqualTo(1.5);
    assertThat(permuted.getInteger("permutations")).isEqualTo(40);
    List<Double> ascending =
        List.of(
            permuted.getDouble("lowest"),
            permuted.getDouble("lower"),
            permuted.getDouble("lowerQuartile"),
            permuted.getDouble("median"),
            permuted.getDouble("upperQuartile"),
            permuted.getDouble("upper"),
            permuted.getDouble("highest"));
    assertThat(ascending).isSorted().doesNotHaveDuplicates();
    assertThat(permuted.getDouble("median")).isCloseTo(0.71, within(0.005));
    assertThat(set.getDouble("observed")).isCloseTo(0.884, within(0.002));
    assertThat(set.getDouble("noise")).isPositive();
    assertThat(set.getDouble("z")).isGreaterThan(5);
    assertThat(set.getDouble("pAbove")).isCloseTo(1 / 41.0, within(1e-12));
  }

  @Test
  void saysWhatIsAttributableToTraining() {
    JsonArray checkpoints = series().getJsonObject(0).getJsonArray("checkpoints");
    JsonObject last = checkpoints.getJsonObject(5);

    assertThat(set(last, 0).getString("verdict")).isEqualTo("memorized_and_learned");
    assertThat(set(last, 0).getString("attributable")).isEqualTo("no");
    assertThat(set(last, 0).getString("reason"))
        .isEqualTo(
            "memorized and learned, but the untrained network and the pixels show it already:"
                + " not attributable to training; centre +0.11, observed +0.18 over epoch 0");
    assertThat(set(last, 1).getString("attributable")).isEqualTo("yes");
    assertThat(set(last, 1).getString("untrained")).isEqualTo("neither");
    assertThat(set(last, 1).getString("pixelControl")).isEqualTo("neither");
    assertThat(set(last, 1).getString("reason"))
        .isEqualTo(
            "memorized and learned; neither the untrained network nor the pixels show it:"
                + " attributable to training; centre +0.09, observed +0.28 over epoch 0");
    assertThat(set(last, 2).getString("reason"))
        .isEqualTo("neither memorized nor learned; centre +0.00, observed +0.00 over epoch 0");
    assertThat(set(checkpoints.getJsonObject(0), 0).getString("reason"))
        .isEqualTo("the untrained network: memorized and learned");
    assertThat(set(checkpoints.getJsonObject(0), 0).getString("attributable")).isNull();
  }

  @Test
  void saysWhichControlIsMissing() {
    JsonObject paper = series().getJsonObject(1).getJsonArray("checkpoints").getJsonObject(0);
    JsonObject pixels = series().getJsonObject(0).getJsonObject("pixels");

    assertThat(set(paper, 0).getString("attributable")).isEqualTo("unknown");
    assertThat(set(paper, 0).getValue("centreIncrease")).isNull();
    assertThat(set(paper, 0).getString("reason"))
        .isEqualTo(
            "memorized and learned; not known whether by training: no control of this classifier on"
                + " the untrained network, no control of this classifier on the pixels");
    assertThat(set(pixels, 0).getString("reason")).isEqualTo("the pixels: memorized and learned");
  }

  @Test
  void theRunTellsItsLatestCheckpoint() {
    JsonObject run = collector.getJson(ALPHA).getJsonObject("run");
    JsonObject svalidation = run.getJsonObject("measurements").getJsonObject("svalidation");
    JsonObject latest = svalidation.getJsonObject("latest");

    assertThat(svalidation.getInteger("scores")).isEqualTo(8);
    assertThat(svalidation.getInteger("checkpoints")).isEqualTo(7);
    assertThat(svalidation.getDouble("seconds")).isEqualTo(12);
    assertThat(latest.getString("profile")).isEqualTo("FAST");
    assertThat(latest.getInteger("epoch")).isEqualTo(20);
    assertThat(set(latest, 1).getMap())
        .containsEntry("set", "0.1")
        .containsEntry("verdict", "memorized_and_learned")
        .containsEntry("attributable", "yes")
        .containsKeys("centre", "observed");
  }

  @Test
  void aRunWithoutScoresHasNoSeries() {
    collector.train(new SyntheticRun("beta", 0, "dense0"), 1);

    assertThat(collector.getJson("/api/v1/runs/beta/svalidation").getJsonArray("series")).isEmpty();
    assertThat(
            collector
                .getJson("/api/v1/runs/beta")
                .getJsonObject("run")
                .getJsonObject("measurements")
                .getJsonObject("svalidation")
                .getValue("latest"))
        .isNull();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(collector.get("/api/v1/runs/gamma/svalidation").statusCode()).isEqualTo(404);
    assertThat(collector.get(ALPHA + "/svalidation?classifier=x").body())
        .contains("parameter classifier is unknown: none is taken here");
  }
}
