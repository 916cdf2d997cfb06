package io.engram.collector.aggregate;

import static io.engram.collector.aggregate.ScoredEvents.fast;
import static io.engram.collector.aggregate.ScoredEvents.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.FeatureSource;
import io.engram.events.NullScores;
import io.engram.events.RunId;
import io.engram.events.SValidationScored;
import io.engram.events.svalidation.Attributable;
import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SValidationTest {
  private static final NullScores CHANCE = scores(1_000, 1_000);

  private final EventStream stream =
      new EventStream("run", 1).add(0, 0, EventStream.header(2_000, List.of("dense"), -1));

  private RunSnapshot run() {
    Runs runs = new Runs(() -> Instant.EPOCH);
    stream.envelopes().forEach(runs::apply);
    return Objects.requireNonNull(runs.find(new RunId("run"))).snapshot();
  }

  private SValidationSnapshot snapshot() {
    return run().measurements().svalidation();
  }

  private SValidationTest network(int epoch, NullScores five) {
    stream.add(epoch, 16L * epoch, fast(FeatureSource.NETWORK, five, CHANCE));
    return this;
  }

  private SValidationTest pixels(NullScores five) {
    stream.add(0, 0, fast(FeatureSource.PIXELS, five, CHANCE));
    return this;
  }

  private Attribution latest() {
    SValidationSeriesSnapshot live = Objects.requireNonNull(snapshot().live());
    return live.attribution(Objects.requireNonNull(live.latest()), 0);
  }

  @Test
  void nothingWasScored() {
    assertThat(snapshot().series()).isEmpty();
    assertThat(snapshot().live()).isNull();
  }

  @Test
  void keepsWhatEachCheckpointShows() {
    NullScores five = scores(1_700, 1_400, 1_690, 1_712);
    network(0, scores(1_500, 1_400)).network(5, five).pixels(scores(1_800, 1_500));

    SValidationSnapshot snapshot = snapshot();
    assertThat(snapshot.scores()).isEqualTo(3);
    assertThat(snapshot.checkpoints()).isEqualTo(2);
    assertThat(snapshot.seconds()).isEqualTo(4.5);
    SValidationSeriesSnapshot series = snapshot.series().get(0);
    assertThat(series.classifier()).isEqualTo(ScoredEvents.FOREST);
    assertThat(series.profile()).isEqualTo("FAST");
    assertThat(series.examples()).isEqualTo(2_000);
    assertThat(series.chance()).isEqualTo(0.5);
    assertThat(series.sets()).containsExactly("0.05", "1");
    assertThat(series.checkpoints()).extracting(SValidationScore::epoch).containsExactly(0, 5);
    SValidationScore score = Objects.requireNonNull(series.latest());
    assertThat(score.step()).isEqualTo(80);
    assertThat(score.validationAccuracy()).isEqualTo(0.975);
    assertThat(score.features().deadUnits()).isEqualTo(3);
    SValidationScore.OfSet set = score.sets().get(0);
    assertThat(set.name()).isEqualTo("0.05");
    assertThat(set.judgement()).isEqualTo(Judgement.of(five, 2_000, 1_000));
    assertThat(set.lowest()).isEqualTo(0.695);
    assertThat(set.highest()).isEqualTo(0.705);
    assertThat(Objects.requireNonNull(series.pixels()).sets().get(0).judgement().observed())
        .isEqualTo(0.9);
  }

  @Test
  void whatTheUntrainedNetworkShowsIsNotAttributable() {
    network(0, scores(1_300, 1_160)).pixels(CHANCE).network(5, scores(1_700, 1_400));

    assertThat(latest().judgement().verdict()).isEqualTo(Verdict.MEMORIZED_AND_LEARNED);
    assertThat(latest().untrainedShowsIt()).isTrue();
    assertThat(latest().attributable()).isEqualTo(Attributable.NO);
    assertThat(latest().centreIncrease()).isCloseTo(0.12, within(1e-12));
    assertThat(latest().observedIncrease()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void whatThePixelsShowIsNotAttributable() {
    network(0, CHANCE).pixels(scores(1_700, 1_400)).network(5, scores(1_700, 1_400));

    assertThat(latest().pixelsShowIt()).isTrue();
    assertThat(latest().attributable()).isEqualTo(Attributable.NO);
  }

  @Test
  void whatNeitherControlShowsIsAttributable() {
    network(0, CHANCE).pixels(CHANCE).network(5, scores(1_700, 1_400));

    assertThat(latest().attributable()).isEqualTo(Attributable.YES);
  }

  @Test
  void withoutAControlOfTheSameClassifierItIsNotKnown() {
    network(0, CHANCE).network(5, scores(1_700, 1_400));
    stream.add(
        0, 0, ScoredEvents.of(FeatureSource.PIXELS, "another forest", "PAPER", CHANCE, CHANCE));

    assertThat(latest().pixels()).isNull();
    assertThat(latest().attributable()).isEqualTo(Attributable.UNKNOWN);
    assertThat(snapshot().series()).hasSize(2);
  }

  @Test
  void theControlMayComeLateAndDoesNotMoveTheRunBack() {
    network(5, scores(1_700, 1_400)).pixels(CHANCE).network(0, CHANCE);

    assertThat(latest().attributable()).isEqualTo(Attributable.YES);
    assertThat(run().step()).isEqualTo(80);
    assertThat(run().epoch()).isEqualTo(5);
  }

  @Test
  void theLiveClassifierIsTheFirstFastOne() {
    stream.add(0, 0, ScoredEvents.of(FeatureSource.NETWORK, "trees", "SKETCH", CHANCE, CHANCE));
    assertThat(Objects.requireNonNull(snapshot().live()).classifier()).isEqualTo("trees");
    stream.add(0, 0, ScoredEvents.of(FeatureSource.NETWORK, "paper", "PAPER", CHANCE, CHANCE));
    assertThat(Objects.requireNonNull(snapshot().live()).classifier()).isEqualTo("paper");
    network(0, CHANCE);
    stream.add(9, 90, ScoredEvents.of(FeatureSource.NETWORK, "other", "FAST", CHANCE, CHANCE));
    assertThat(Objects.requireNonNull(snapshot().live()).classifier())
        .isEqualTo(ScoredEvents.FOREST);
  }

  @Test
  void aSketchHasNoVerdict() {
    stream.add(0, 0, ScoredEvents.of(FeatureSource.NETWORK, "trees", "SKETCH", CHANCE, CHANCE));
    assertThat(snapshot().series().get(0).checkpoints().get(0).hasVerdicts()).isFalse();
    network(0, CHANCE);
    assertThat(snapshot().series().get(1).checkpoints().get(0).hasVerdicts()).isTrue();
  }

  @Test
  void otherExamplesOrSetsOfTheSameClassifierAreCountedAndNotMixed() {
    network(0, CHANCE);
    SValidationScored known = fast(FeatureSource.NETWORK, CHANCE, CHANCE);
    stream.add(1, 16, with(known, 2_001, known.mostCommon(), known.sets()));
    stream.add(1, 16, with(known, 2_000, 1_001, known.sets()));
    stream.add(1, 16, with(known, 2_000, 1_000, known.sets().subList(0, 1)));
    stream.add(1, 16, with(known, 2_000, 1_000, named("0.1")));

    assertThat(snapshot().checkpoints()).isEqualTo(1);
    assertThat(snapshot().series()).hasSize(1);
    assertThat(run().delivery().mismatched()).isEqualTo(4);
  }

  @Test
  void classifiersSetsAndNamesAreBounded() {
    for (int i = 0; i < SValidationAggregator.MOST_SERIES + 2; i++) {
      stream.add(
          0, 0, ScoredEvents.of(FeatureSource.NETWORK, "forest " + i, "FAST", CHANCE, CHANCE));
    }
    assertThat(snapshot().series()).hasSize(SValidationAggregator.MOST_SERIES);
    assertThat(run().delivery().mismatched()).isEqualTo(2);
  }

  @Test
  void aSetsNameIsBounded() {
    SValidationScored known = fast(FeatureSource.NETWORK, CHANCE, CHANCE);
    stream.add(0, 0, with(known, 2_000, 1_000, named("x".repeat(65))));

    assertThat(snapshot().series()).isEmpty();
    assertThat(run().delivery().mismatched()).isEqualTo(1);
  }

  @Test
  void ofTooManyCheckpointsEverySecondIsLeftOut() {
    for (int epoch = 0; epoch <= SValidationSeries.MOST_CHECKPOINTS; epoch++) {
      network(epoch, CHANCE);
    }
    SValidationSeriesSnapshot series = snapshot().series().get(0);
    assertThat(series.checkpoints()).hasSize(257);
    assertThat(series.checkpoints()).extracting(SValidationScore::epoch).startsWith(0, 2, 4);
    assertThat(Objects.requireNonNull(series.latest()).epoch()).isEqualTo(512);
    assertThat(series.leftOut()).isEqualTo(256);
    assertThat(snapshot().checkpoints()).isEqualTo(513);
  }

  @Test
  void aResumedRunScoresAgainWhatItDoesAgain() {
    network(0, CHANCE).pixels(CHANCE).network(5, CHANCE).network(9, CHANCE);
    stream.restart(2).add(5, 80, EventStream.header(2_000, List.of("dense"), 80));

    SValidationSeriesSnapshot series = snapshot().series().get(0);
    assertThat(series.checkpoints()).extracting(SValidationScore::epoch).containsExactly(0, 5);
    assertThat(series.pixels()).isNotNull();
    network(9, scores(1_700, 1_400)).network(9, scores(1_800, 1_400));
    series = snapshot().series().get(0);
    assertThat(series.checkpoints()).hasSize(3);
    assertThat(latest().judgement().observed()).isEqualTo(0.9);
    assertThat(snapshot().checkpoints()).isEqualTo(5);
  }

  private static List<SValidationScored.PerturbedSet> named(String name) {
    return List.of(
        new SValidationScored.PerturbedSet(name, CHANCE),
        new SValidationScored.PerturbedSet("1", CHANCE));
  }

  private static SValidationScored with(
      SValidationScored event,
      int examples,
      int mostCommon,
      List<SValidationScored.PerturbedSet> sets) {
    return new SValidationScored(
        event.source(),
        event.classifier(),
        event.profile(),
        examples,
        mostCommon,
        event.complete(),
        sets,
        event.validationExamples(),
        event.validationCorrect(),
        event.features(),
        event.durationSeconds());
  }
}
