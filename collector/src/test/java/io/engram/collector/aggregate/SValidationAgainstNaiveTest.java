package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import io.engram.events.FeatureSource;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.SValidationScored;
import io.engram.events.svalidation.Judgement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Scores of shallow classifiers, looked up in all events each time. */
class SValidationAgainstNaiveTest {
  @Provide
  Arbitrary<List<EventEnvelope>> delivered() {
    return RandomRuns.delivered().filter(events -> !events.isEmpty());
  }

  @Property(tries = 300)
  void keepsTheLatestOfEachStepAndClassifier(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    Runs runs = new Runs(() -> Instant.EPOCH);
    delivered.forEach(runs::apply);
    SValidationSnapshot actual =
        Objects.requireNonNull(runs.find(new RunId("random-run")))
            .snapshot()
            .measurements()
            .svalidation();

    List<SValidationScored> events = naive.events(SValidationScored.class);
    assertThat(actual.scores()).isEqualTo(events.size());
    assertThat(actual.checkpoints())
        .isEqualTo(events.stream().filter(e -> e.source() == FeatureSource.NETWORK).count());
    assertThat(actual.seconds())
        .isEqualTo(
            events.stream()
                .mapToDouble(SValidationScored::durationSeconds)
                .filter(d -> d > 0 && d < Double.POSITIVE_INFINITY)
                .reduce(0, Double::sum));
    assertThat(actual.series())
        .extracting(SValidationSeriesSnapshot::classifier)
        .containsExactlyElementsOf(
            events.stream().map(SValidationScored::classifier).distinct().toList());
    actual.series().forEach(series -> assertSeries(series, naive));
  }

  private static void assertSeries(SValidationSeriesSnapshot series, NaiveRun naive) {
    TreeMap<Long, SValidationScore> expected = new TreeMap<>();
    SValidationScore pixels = null;
    for (EventEnvelope envelope : naive.envelopes(Record.class)) {
      if (envelope.event() instanceof RunStarted header && header.resumedFromStep() >= 0) {
        expected.keySet().removeIf(step -> step > header.resumedFromStep());
      } else if (envelope.event() instanceof SValidationScored event
          && event.classifier().equals(series.classifier())) {
        assertThat(series.sets()).isEqualTo(NaiveProbes.setNames(event));
        assertThat(series.examples()).isEqualTo(event.examples());
        if (event.source() == FeatureSource.PIXELS) {
          pixels = score(envelope, event);
        } else {
          expected.put(envelope.step(), score(envelope, event));
        }
      }
    }
    assertSame(series.pixels(), pixels);
    assertSame(series.checkpoints(), List.copyOf(expected.values()));
    assertSame(series.latest(), expected.isEmpty() ? null : expected.lastEntry().getValue());
    assertSame(series.untrained(), expected.get(0L));
  }

  private static void assertSame(@Nullable Object actual, @Nullable Object expected) {
    assertThat(actual).usingRecursiveComparison(EventComparison.exact()).isEqualTo(expected);
  }

  private static SValidationScore score(EventEnvelope envelope, SValidationScored event) {
    List<SValidationScore.OfSet> sets =
        event.sets().stream()
            .map(
                set ->
                    new SValidationScore.OfSet(
                        set.name(),
                        Judgement.of(set.scores(), event.examples(), event.mostCommon()),
                        share(set, 0, event.examples()),
                        share(set, set.scores().permuted().length - 1, event.examples())))
            .toList();
    return new SValidationScore(
        envelope.epoch(),
        envelope.step(),
        event.profile(),
        event.complete(),
        event.validationExamples(),
        event.validationCorrect(),
        event.features(),
        event.durationSeconds(),
        sets);
  }

  /** The permuted score of a rank, 0 for the lowest. */
  private static double share(SValidationScored.PerturbedSet set, int rank, int examples) {
    int[] sorted = set.scores().permuted().clone();
    Arrays.sort(sorted);
    return (double) sorted[rank] / examples;
  }
}
