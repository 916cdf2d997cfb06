package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Poll;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.EventBatch;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.OnsetJson;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the events of a run to its alarm, to what it did about it, and to those who ask. */
@ExtendWith(VertxExtension.class)
final class OnsetApiTest {
  private static final int STEPS = 12 * SyntheticRun.STEPS_PER_EPOCH;

  private final SyntheticRun noisy = new SyntheticRun("alpha", 0.4, "dense0").withMonitoring(true);
  private final List<OnsetDetected> heard = new CopyOnWriteArrayList<>();

  @TempDir Path dir;

  private MessageConsumer<JsonObject> listen(Vertx vertx, OnsetAction action) {
    return vertx
        .eventBus()
        .consumer(
            EventAddresses.onset(noisy.run()),
            message -> {
              OnsetDetected alarm = OnsetJson.detected(message.body());
              heard.add(alarm);
              message.reply(OnsetJson.of(new OnsetAnswered(action, alarm.step() + 2)));
            });
  }

  private static JsonObject onset(TestCollector collector) {
    return collector.getJson("/api/v1/runs/alpha/onset").getJsonObject("onset");
  }

  private static JsonObject channel(TestCollector collector, OnsetChannel channel) {
    return onset(collector).getJsonArray("channels").getJsonObject(channel.ordinal());
  }

  private static boolean answered(TestCollector collector, OnsetChannel channel) {
    return channel(collector, channel).getValue("answer") != null;
  }

  @Test
  void aRunIsToldOnceAndItsAnswerIsShown(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    listen(vertx, OnsetAction.PAUSE);

    collector.train(noisy, STEPS);
    Poll.until(() -> answered(collector, OnsetChannel.ONSET));

    assertThat(heard).extracting(OnsetDetected::channel).doesNotHaveDuplicates();
    OnsetDetected alarm =
        heard.stream().filter(one -> one.channel() == OnsetChannel.ONSET).findFirst().orElseThrow();
    assertThat(alarm.incarnation()).isEqualTo(1);
    assertThat(alarm.step()).isBetween(2L * SyntheticRun.STEPS_PER_EPOCH, (long) STEPS);
    assertThat(alarm.step() % SyntheticRun.STEPS_PER_EPOCH).isZero();
    assertThat(alarm.spacing()).isEqualTo(SyntheticRun.STEPS_PER_EPOCH);
    assertThat(alarm.evidence()).isGreaterThanOrEqualTo(alarm.threshold());
    JsonObject shown = channel(collector, OnsetChannel.ONSET);
    assertThat(shown.getString("level")).isEqualTo("raised");
    assertThat(shown.getString("detectors")).isEqualTo(alarm.detector());
    assertThat(shown.getString("reason")).isEqualTo(alarm.reason()).isNotBlank();
    assertThat(shown.getLong("alarms")).isEqualTo(1);
    assertThat(shown.getJsonObject("raisedAt").getLong("step")).isEqualTo(alarm.step());
    assertThat(shown.getJsonObject("raisedAt").getLong("lookSpacing")).isEqualTo(alarm.spacing());
    assertThat(shown.getJsonObject("answer"))
        .isEqualTo(
            new JsonObject()
                .put("action", "pause")
                .put("step", (int) alarm.step() + 2)
                .put("problem", ""));
    assertThat(collector.get("/metrics").body())
        .contains("engram_onset{channel=\"onset\",level=\"raised\",run=\"alpha\"} 1.0")
        .contains("engram_onset_step{channel=\"onset\",run=\"alpha\"} " + alarm.step() + ".0")
        .contains("engram_onset_alarms_total{channel=\"onset\",run=\"alpha\"} 1.0")
        .contains("engram_onset_evidence{detector=\"canary_rank\",run=\"alpha\"} ");
  }

  @Test
  void theEvidenceIsGivenLookByLook(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    collector.train(noisy, STEPS);

    JsonObject detail = collector.getJson("/api/v1/runs/alpha/onset");
    JsonObject canaries =
        detail.getJsonArray("evidence").stream()
            .map(JsonObject.class::cast)
            .filter(series -> series.getString("detector").equals("canary_rank"))
            .findFirst()
            .orElseThrow();

    assertThat(detail.getJsonObject("onset").getLong("looks")).isEqualTo(13);
    assertThat(canaries.getJsonArray("steps")).hasSize(13).contains(0, STEPS);
    assertThat(canaries.getJsonArray("evidence")).hasSize(13);
    assertThat(canaries.getJsonArray("threshold").getDouble(12))
        .isEqualTo(-Math.log10(0.01 / 13 / 14));
    assertThat(collector.getJson("/api/v1/runs/alpha").getJsonObject("run").getJsonObject("onset"))
        .isEqualTo(detail.getJsonObject("onset"));
  }

  @Test
  void aCleanRunIsQuietAndOneThatIsNotMonitoredUnknown(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);

    collector.train(new SyntheticRun("alpha", 0, "dense0").withMonitoring(false), STEPS);
    assertThat(channel(collector, OnsetChannel.ONSET).getString("level")).isEqualTo("quiet");
    assertThat(channel(collector, OnsetChannel.WARN).getString("level")).isEqualTo("quiet");
    assertThat(channel(collector, OnsetChannel.ONSET).getValue("raisedAt")).isNull();

    collector.train(new SyntheticRun("beta", 0, "dense0"), 1);
    JsonObject beta =
        collector
            .getJson("/api/v1/runs/beta/onset")
            .getJsonObject("onset")
            .getJsonArray("channels")
            .getJsonObject(1);
    assertThat(beta.getString("level")).isEqualTo("unknown");
    assertThat(beta.getString("reason")).isNotBlank();
  }

  @Test
  void theShareOfWrongLabelsIsKeptAsItWasEstimatedAtTheOnset(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    collector.send(noisy.start());
    JsonObject onset = onset(collector);
    for (int i = 0; i < STEPS && onset.getValue("flipRateAtOnset") == null; i++) {
      assertThat(channel(collector, OnsetChannel.ONSET).getString("level")).isNotEqualTo("raised");
      collector.send(noisy.step());
      onset = onset(collector);
    }

    Double estimate = onset.getDouble("flipRate");
    assertThat(onset.getDouble("flipRateAtOnset")).isNotNull().isEqualTo(estimate);
    while (!noisy.isOver()) {
      collector.send(noisy.step());
    }
    assertThat(onset(collector).getDouble("flipRateAtOnset")).isEqualTo(estimate);
  }

  @Test
  void aRestartChangesNothingAndRaisesNothingTwice(Vertx vertx) {
    JsonObject config = new JsonObject().put("stateDir", dir.toString());
    MessageConsumer<JsonObject> run = listen(vertx, OnsetAction.CHECKPOINT);
    TestCollector before = TestCollector.start(vertx, config);
    before.train(noisy, STEPS);
    Poll.until(() -> answered(before, OnsetChannel.ONSET));
    String shown = before.get("/api/v1/runs/alpha/onset").body();
    int told = heard.size();
    before.stop();

    TestCollector after = TestCollector.start(vertx, config);
    assertThat(after.get("/api/v1/runs/alpha/onset").body()).isEqualTo(shown);
    EventBatch last = noisy.step();
    after.send(last);
    after.send(last);
    while (!noisy.isOver()) {
      after.send(noisy.step());
    }

    assertThat(heard).extracting(OnsetDetected::channel).doesNotHaveDuplicates();
    assertThat(heard.subList(0, told))
        .extracting(OnsetDetected::channel)
        .contains(OnsetChannel.ONSET);
    assertThat(channel(after, OnsetChannel.ONSET).getLong("alarms")).isEqualTo(1);
    run.unregister().await();
  }

  @Test
  void anAlarmThatNobodyTookIsToldAgainAfterARestart(Vertx vertx) {
    JsonObject config = new JsonObject().put("stateDir", dir.toString());
    TestCollector before = TestCollector.start(vertx, config);
    before.train(noisy, STEPS);
    Poll.until(() -> "raised".equals(channel(before, OnsetChannel.ONSET).getString("level")));
    assertThat(answered(before, OnsetChannel.ONSET)).isFalse();
    before.stop();

    listen(vertx, OnsetAction.STOP);
    TestCollector after = TestCollector.start(vertx, config);

    Poll.until(() -> answered(after, OnsetChannel.ONSET));
    assertThat(channel(after, OnsetChannel.ONSET).getJsonObject("answer").getString("action"))
        .isEqualTo("stop");
  }
}
