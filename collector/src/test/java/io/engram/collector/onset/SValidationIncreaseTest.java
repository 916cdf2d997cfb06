package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.EventStream;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.collector.aggregate.ScoredEvents;
import io.engram.events.EventEnvelope;
import io.engram.events.FeatureSource;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SValidationIncreaseTest {
  private final EventStream stream = new EventStream("a", 1);

  /** The centres of the two sets, in counts of 2,000. */
  private void score(FeatureSource source, long step, int five, int all) {
    stream.add(
        0,
        step,
        ScoredEvents.fast(
            source, ScoredEvents.scores(1_900, five), ScoredEvents.scores(1_900, all)));
  }

  private Reading said() {
    return new SValidationIncrease().onScored(scores());
  }

  private SValidationSnapshot scores() {
    Runs runs = new Runs(() -> Instant.EPOCH);
    for (EventEnvelope envelope : stream.envelopes()) {
      runs.apply(envelope);
    }
    return runs.find(new RunId("a")).svalidation();
  }

  @Test
  void isUnknownWithoutBothControls() {
    score(FeatureSource.NETWORK, 100, 1_500, 1_500);
    assertThat(said().level()).isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(said().reason()).isEqualTo("the control is missing: the untrained network, step 0");
    score(FeatureSource.NETWORK, 0, 1_200, 1_100);
    assertThat(said().reason()).isEqualTo("the control is missing: the pixels");
  }

  @Test
  void ofTheUntrainedNetworkAloneNothingIsTold() {
    score(FeatureSource.PIXELS, 0, 1_200, 1_100);
    assertThat(said().reason()).isEqualTo("no checkpoint was scored");
    score(FeatureSource.NETWORK, 0, 1_200, 1_100);
    assertThat(said().reason()).isEqualTo("no checkpoint but the untrained network was scored");
  }

  /** Over the pixels by 100 with set 0.05, over the untrained network by 40 with the other. */
  @Test
  void isTheIncreaseOverTheHigherControl() {
    score(FeatureSource.PIXELS, 0, 1_300, 1_050);
    score(FeatureSource.NETWORK, 0, 1_200, 1_100);
    score(FeatureSource.NETWORK, 100, 1_400, 1_140);
    Reading reading = said();
    assertThat(reading.level()).isEqualTo(OnsetLevel.QUIET);
    assertThat(reading.evidence()).isCloseTo(100 / 2_000.0, within(2e-3));
    assertThat(reading.threshold()).isNaN();
    assertThat(reading.reason()).startsWith("at step 100 the null of set 0.05 has its centre at");
  }

  @Test
  void isReportedAndRaisesNothing() {
    score(FeatureSource.PIXELS, 0, 1_000, 1_000);
    score(FeatureSource.NETWORK, 0, 1_000, 1_000);
    score(FeatureSource.NETWORK, 100, 2_000 - 10, 1_000);
    Runs runs = new Runs(() -> Instant.EPOCH);
    Onset onset = new Onset(RunStarted.Onset.DEFAULT);
    List<Double> heard = new ArrayList<>();
    OnsetListener listener =
        new OnsetListener() {
          @Override
          public void said(String detector, Reading reading) {
            assertThat(detector).isEqualTo(SValidationIncrease.NAME);
            heard.add(reading.evidence());
          }

          @Override
          public void wentBack(long step) {}
        };
    for (EventEnvelope envelope : stream.envelopes()) {
      runs.apply(envelope);
      assertThat(onset.update(runs.find(new RunId("a")), listener)).isEmpty();
    }
    assertThat(heard).hasSize(3).first().isEqualTo(Double.NaN);
    assertThat(heard.get(2)).isGreaterThan(0.45);
    assertThat(onset.snapshot().channels())
        .extracting(ChannelSnapshot::level)
        .doesNotContain(OnsetLevel.RAISED);
  }
}
