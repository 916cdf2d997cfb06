package io.engram.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.EventStream;
import io.engram.collector.aggregate.Runs;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.LabelGroup;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceHistoryTest {
  private static final CriticalSamplesSearched SEARCH =
      new CriticalSamplesSearched(Split.VALIDATION, 1, 10, new int[] {4, 5}, new int[] {0, 3});

  private static RunStarted header() {
    RunStarted plain = EventStream.header(40, List.of(), -1);
    return new RunStarted(
        plain.dataset(),
        plain.noise(),
        plain.network(),
        plain.training(),
        plain.device(),
        -1,
        new RunStarted.Onset(0.01, 0.4));
  }

  /** A run whose predictions are not monitored: there is no look. */
  @Test
  void hasWhatIsSaidOfEvaluationsAndSearches() {
    EventStream stream = new EventStream("a", 1).add(0, 0, header());
    for (int epoch = 1; epoch <= 8; epoch++) {
      stream.add(
          epoch,
          10L * epoch,
          new EpochCompleted(List.of(new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 40, 30, 1)), 1));
      stream.add(epoch, 10L * epoch, SEARCH);
    }
    Runs runs = new Runs(() -> Instant.EPOCH);
    Watches watches = new Watches();
    for (EventEnvelope envelope : stream.envelopes()) {
      runs.apply(envelope);
      watches.update(runs.find(new RunId("a")));
    }
    List<EvidenceSeries> series = watches.of(runs.find(new RunId("a"))).evidence();
    assertThat(series)
        .extracting(EvidenceSeries::detector)
        .containsExactly("critical_samples_rise", "noise_ceiling");
    assertThat(series.get(0).steps()).as("two since the burn-in").containsExactly(50, 60, 70, 80);
    assertThat(series.get(1).steps()).containsExactly(10, 20, 30, 40, 50, 60, 70, 80);
  }
}
