package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final StepCompleted STEP = new StepCompleted(4, 3, 2.0, 0.1, 0.01);

  private Instant now = Instant.ofEpochSecond(1_000_000);
  private final Runs runs = new Runs(() -> now);

  private RunSnapshot only() {
    assertThat(runs.snapshot().runs()).hasSize(1);
    return runs.snapshot().runs().get(0);
  }

  private static EventStream stream(String run) {
    return new EventStream(run, 1000).add(0, 0, EventStream.header(0, List.of("dense"), -1));
  }

  private void apply(EventStream stream) {
    stream.envelopes().forEach(runs::apply);
  }

  @Test
  void undecodableFramesBelongToTheOneRunThatSpeaks() {
    List<EventEnvelope> a = stream("a").add(0, 0, STEP).envelopes();
    runs.apply(new EventBatch(a, 2));
    runs.apply(new EventBatch(stream("b").envelopes(), 0));
    List<EventEnvelope> both = new ArrayList<>(stream("a").envelopes());
    both.addAll(stream("b").envelopes());
    runs.apply(new EventBatch(both, 3));
    runs.apply(new EventBatch(List.of(), 5));
    RunsSnapshot snapshot = runs.snapshot();
    assertThat(snapshot.undecodable()).isEqualTo(8);
    assertThat(snapshot.runs()).extracting(run -> run.run().value()).containsExactly("a", "b");
    assertThat(snapshot.runs())
        .extracting(run -> run.delivery().undecodable())
        .containsExactly(2L, 0L);
    assertThat(runs.all()).hasSize(2);
  }

  @Test
  void aFreshStartBeginsAnewAndAResumeGoesOn() {
    apply(stream("a").add(0, 0, STEP).add(0, 1, STEP));
    EventStream resumed =
        new EventStream("a", 2000)
            .add(0, 1, EventStream.header(0, List.of("dense"), 1))
            .add(0, 1, STEP);
    apply(resumed);
    assertThat(only().progress().steps()).isEqualTo(3);
    RunAggregate run = Objects.requireNonNull(runs.find(new RunId("a")));
    assertThat(run.series(List.of(SeriesNames.STEP_LOSS), 0, 9, 100).get(0).steps())
        .containsExactly(0, 1, 1);
    apply(
        new EventStream("a", 3000)
            .add(0, 0, EventStream.header(0, List.of("dense"), -1))
            .add(0, 0, STEP));
    assertThat(only().progress().steps()).isEqualTo(1);
    assertThat(only().incarnation()).isEqualTo(3000);
    apply(resumed);
    assertThat(only().progress().steps()).isEqualTo(1);
    assertThat(only().delivery().superseded()).isEqualTo(2);
    assertThat(only().delivery().applied()).isEqualTo(2);
  }

  @Test
  void anIncarnationWhoseHeaderIsMissedBeginsAnew() {
    apply(stream("a").add(0, 0, STEP));
    EventStream restarted =
        new EventStream("a", 2000)
            .add(0, 1, EventStream.header(0, List.of("dense"), 1))
            .add(0, 1, STEP);
    runs.apply(restarted.envelopes().get(1));
    assertThat(only().header()).isNull();
    assertThat(only().delivery().missed()).isEqualTo(1);
    assertThat(only().progress().steps()).isEqualTo(1);
  }

  @Test
  void aStepOfNothingButCanariesLeavesTheLossAsItWas() {
    EventStream stream = stream("a").add(0, 0, STEP);
    apply(stream.add(0, 1, new StepCompleted(0, 0, 0, 0.1, 0.01)));
    assertThat(only().progress().steps()).isEqualTo(2);
    assertThat(only().progress().stepLoss()).isEqualTo(0.5);
    assertThat(only().progress().stepAccuracy()).isEqualTo(0.75);
  }

  @Test
  void stateFollowsWhatTheRunSays() {
    EventStream stream = stream("a");
    apply(stream);
    assertThat(only().state()).isEqualTo(RunState.RUNNING);
    apply(stream.add(0, 0, new TrainerReported(TrainerReported.State.PAUSED, 2, Map.of())));
    assertThat(only().state()).isEqualTo(RunState.PAUSED);
    apply(stream.add(0, 0, new TrainerReported(TrainerReported.State.RUNNING, 3, Map.of())));
    assertThat(only().state()).isEqualTo(RunState.RUNNING);
    apply(stream.add(1, 9, new RunFinished(RunFinished.Outcome.STOPPED, "asked to")));
    assertThat(only().state()).isEqualTo(RunState.STOPPED);
    assertThat(only().state().isFinal()).isTrue();
    assertThat(only().detail()).isEqualTo("asked to");
    assertThat(only().epoch()).isEqualTo(1);
    assertThat(only().step()).isEqualTo(9);
    assertThat(only().firstEventMillis()).isEqualTo(1000);
    assertThat(only().lastEventMillis()).isEqualTo(4000);
    apply(stream.restart(5000).add(1, 9, EventStream.header(0, List.of("dense"), 9)));
    assertThat(only().state()).isEqualTo(RunState.RUNNING);
    assertThat(only().detail()).isEmpty();
  }

  @Test
  void runsAreIdleByTheCollectorsClock() {
    apply(stream("a"));
    now = now.plusSeconds(50);
    apply(stream("b"));
    now = now.plusSeconds(50);
    assertThat(runs.removeIdle(Duration.ofSeconds(101))).isEmpty();
    assertThat(runs.removeIdle(Duration.ofSeconds(100)))
        .extracting(RunAggregate::run)
        .containsExactly(new RunId("a"));
    assertThat(runs.find(new RunId("a"))).isNull();
    apply(stream("b"));
    now = now.plusSeconds(99);
    assertThat(runs.removeIdle(Duration.ofSeconds(100))).isEmpty();
  }

  @Test
  void aRestoredRunIsActive() {
    apply(stream("a"));
    RunAggregate run = Objects.requireNonNull(runs.find(new RunId("a")));
    Runs restarted = new Runs(() -> now);
    restarted.add(run);
    assertThat(restarted.removeIdle(Duration.ofSeconds(1))).isEmpty();
    assertThat(restarted.find(new RunId("a"))).isSameAs(run);
  }

  @Test
  void everyReportIsHeldAgainstWhatWasMissed() {
    EventStream stream = stream("a");
    for (int step = 0; step < 9; step++) {
      stream.add(0, step, STEP);
    }
    stream.add(0, 9, new TrainerReported(TrainerReported.State.RUNNING, 11, Map.of("evicted", 2L)));
    List<EventEnvelope> envelopes = new ArrayList<>(stream.envelopes());
    envelopes.removeIf(envelope -> envelope.sequence() >= 3 && envelope.sequence() < 6);
    envelopes.forEach(runs::apply);
    assertThat(only().delivery().missed()).isEqualTo(3);
    assertThat(only().delivery().unexplained()).isEqualTo(1);
    stream.add(0, 9, new TrainerReported(TrainerReported.State.RUNNING, 12, Map.of("evicted", 3L)));
    runs.apply(stream.envelopes().get(11));
    assertThat(only().delivery().unexplained()).isZero();
  }

  @Test
  void layerNamesAreMadeUnique() {
    apply(
        new EventStream("a", 1)
            .add(0, 0, EventStream.header(0, List.of("dense", "", "dense", "dense"), -1))
            .add(0, 0, new GradientNormsMeasured(new double[4], new double[4], new double[4])));
    assertThat(only().gradients().layers())
        .extracting(LayerSnapshot::layer)
        .containsExactly("dense", "layer1", "dense-2", "dense-3");
  }

  @Test
  void reasonsForDropsAreBounded() {
    Map<String, Long> dropped = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      dropped.put("reason" + i, 1L);
    }
    dropped.put("negative", -5L);
    EventStream stream =
        stream("a").add(0, 0, new TrainerReported(TrainerReported.State.RUNNING, 2, dropped));
    stream
        .restart(2000)
        .add(0, 0, EventStream.header(0, List.of("dense"), 0))
        .add(0, 0, new TrainerReported(TrainerReported.State.RUNNING, 2, dropped));
    apply(stream);
    Map<String, Long> counted = only().delivery().dropped();
    assertThat(counted).hasSizeLessThanOrEqualTo(19).containsKey("other");
    assertThat(counted.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(80);
    assertThat(counted.values()).allMatch(n -> n >= 0);
  }

  @Test
  void countsFromOutsideDoNotOverflow() {
    Map<String, Long> dropped = Map.of("queue_full", Long.MAX_VALUE);
    TrainerReported report =
        new TrainerReported(TrainerReported.State.RUNNING, Long.MAX_VALUE, dropped);
    EventStream stream = stream("a").add(0, 0, report);
    stream.restart(2000).add(0, 0, EventStream.header(0, List.of("dense"), 0)).add(0, 0, report);
    apply(stream);
    for (long incarnation : new long[] {2000, 3000}) {
      runs.apply(new EventEnvelope(new RunId("a"), incarnation, Long.MAX_VALUE, 0, 0, 0, report));
      runs.apply(
          new EventEnvelope(
              new RunId("a"), 3000, 0, 0, 0, 0, EventStream.header(0, List.of("dense"), 0)));
    }
    DeliverySnapshot delivery = only().delivery();
    assertThat(delivery.missed()).isEqualTo(Long.MAX_VALUE);
    assertThat(delivery.emitted()).isEqualTo(Long.MAX_VALUE);
    assertThat(delivery.dropped()).containsEntry("queue_full", Long.MAX_VALUE);
    assertThat(delivery.duplicate()).isEqualTo(1);
  }

  @Test
  void questionsThatMakeNoSenseAreNamed() {
    apply(stream("a").add(0, 0, STEP));
    RunAggregate run = Objects.requireNonNull(runs.find(new RunId("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.series(List.of("los"), 0, 9, 100))
        .withMessage("series 'los' is not one of learning_rate, step_accuracy, step_loss");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.series(List.of("step_loss"), 0, 9, 4))
        .withMessage("maxPoints 4 must be at least 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.examples(ExampleOrder.HARDEST, 0))
        .withMessage("limit 0 must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExampleOrder.of("easiest"))
        .withMessage(
            "order 'easiest' is not one of hardest, most-forgotten, lowest-margin,"
                + " suspect, aum, csl, forgetting, csg");
    assertThat(ExampleOrder.of("most-forgotten")).isEqualTo(ExampleOrder.MOST_FORGOTTEN);
  }
}
