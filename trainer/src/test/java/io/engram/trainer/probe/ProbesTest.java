package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.TrainingEvent;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import io.engram.trainer.svalidation.SpareCores;
import io.engram.trainer.training.ParameterSnapshot;
import io.engram.trainer.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;

@Timeout(60)
final class ProbesTest {
  private static final int STEPS_PER_EPOCH = 3;

  private record Emitted(int epoch, long step, TrainingEvent event, Thread thread) {}

  private final List<Emitted> emitted = new ArrayList<>();

  @Test
  void workersMeasureAndTheRunEmits() {
    FakeProbe probe = FakeProbe.free();
    try (Probes probes = probes(new ProbeWorkers(new SpareCores(2)), probe)) {
      for (int step = 0; step < 10; step++) {
        boundary(probes, step);
      }
      while (probes.settle()) {}
      assertThat(emitted)
          .extracting(Emitted::event)
          .containsExactlyElementsOf(LongStream.range(0, 10).mapToObj(FakeProbe::event).toList());
      assertThat(emitted).extracting(Emitted::step).containsExactlyElementsOf(probe.prepared);
      assertThat(emitted)
          .allSatisfy(
              one -> {
                assertThat(one.epoch).isEqualTo((int) (one.step / STEPS_PER_EPOCH));
                assertThat(one.thread).isEqualTo(Thread.currentThread());
              });
      assertThat(probe.mostAtOnce).hasValue(1);
      assertThat(report(probes)).isEqualTo(new long[] {10, 0, 0});
    }
  }

  @Test
  void differentProbesAreMeasuredSideBySide() throws Exception {
    FakeProbe one = FakeProbe.held();
    FakeProbe other = FakeProbe.held();
    try (Probes probes = probes(new ProbeWorkers(new SpareCores(2)), one, other)) {
      boundary(probes, 0);
      one.begun.await();
      other.begun.await();
      one.open.countDown();
      other.open.countDown();
    }
  }

  /** One core only, and the probe that waits for scores is given none. */
  @Test
  void whoWaitsForScoresLeavesItsPlaceToOthers() throws Exception {
    ProbeWorkers workers = new ProbeWorkers(new SpareCores(1));
    CountDownLatch scored = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Scores scores = new Scores(new NullResult("", "", 0, 0, true, List.of()), 1);
    Scorer scorer =
        workers.awaited(
            task -> {
              asked.countDown();
              scored.await();
              return scores;
            });
    List<Scores> found = new ArrayList<>();
    CountDownLatch through = new CountDownLatch(1);
    Features one = new Features(1, 1, new float[1]);
    ScoringTask task =
        new ScoringTask(one, List.of(one), new int[1], null, new int[0], 2, NullProfile.FAST, 1);
    workers.offer(
        "waits",
        () -> {
          try {
            found.add(scorer.score(task));
          } catch (ScorerException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          through.countDown();
        });
    asked.await();
    FakeProbe other = FakeProbe.held();
    try (Probes probes = probes(workers, other)) {
      boundary(probes, 0);
      other.begun.await();
      scored.countDown();
      assertThat(found).isEmpty();
      other.open.countDown();
      through.await();
      assertThat(found).containsExactly(scores);
    }
  }

  @Test
  void whatIsFoundIsEmittedBeforeTheMeasurementEnds() throws Exception {
    FakeProbe probe = FakeProbe.held();
    probe.findsFirst = new ProbeFailed("fake", "found first");
    try (Probes probes = probes(new ProbeWorkers(new SpareCores(1)), probe)) {
      boundary(probes, 7);
      probe.begun.await();
      probes.collect();
      assertThat(emitted)
          .extracting(Emitted::event)
          .containsExactly(probe.findsFirst, probe.findsFirst);
      assertThat(emitted).extracting(Emitted::step).containsExactly(7L, 0L);
      assertThat(emitted).extracting(Emitted::epoch).containsExactly(2, 0);
      assertThat(report(probes)).isEqualTo(new long[] {0, 0, 0});
      probe.open.countDown();
      while (probes.settle()) {}
      assertThat(emitted).hasSize(3);
      assertThat(report(probes)).isEqualTo(new long[] {1, 0, 0});
    }
  }

  @Test
  void skipsAndCountsWhenTheQueueIsFull() throws Exception {
    FakeProbe probe = FakeProbe.held();
    try (Probes probes = probes(new ProbeWorkers(new SpareCores(1)), probe)) {
      boundary(probes, 0);
      probe.begun.await();
      for (int step = 1; step <= ProbeWorkers.CAPACITY + 3; step++) {
        boundary(probes, step);
      }
      assertThat(emitted).isEmpty();
      assertThat(report(probes)).isEqualTo(new long[] {0, 0, 3});
      probe.open.countDown();
      while (probes.settle()) {}
      assertThat(emitted)
          .extracting(Emitted::step)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(0, ProbeWorkers.CAPACITY).boxed().toList());
      assertThat(report(probes)).isEqualTo(new long[] {ProbeWorkers.CAPACITY + 1, 0, 3});
    }
  }

  @Test
  void inlineIsMeasuredAtOnceThoughTheQueueIsFull() throws Exception {
    FakeProbe probe = FakeProbe.held();
    FakeProbe inline = FakeProbe.free();
    inline.inline = true;
    try (Probes probes = probes(new ProbeWorkers(new SpareCores(1)), probe, inline)) {
      boundary(probes, 0);
      probe.begun.await();
      for (int step = 1; step < 30; step++) {
        boundary(probes, step);
      }
      assertThat(emitted).extracting(Emitted::step).containsExactlyElementsOf(inline.prepared);
      assertThat(inline.prepared).hasSize(30);
      probe.open.countDown();
    }
  }

  @Test
  void withoutWorkersNothingIsSkipped() {
    FakeProbe probe = FakeProbe.free();
    try (Probes probes = probes(null, probe)) {
      for (int step = 0; step < 40; step++) {
        boundary(probes, step);
        assertThat(emitted).hasSize(step + 1);
      }
      assertThat(probes.settle()).isFalse();
    }
    assertThat(probe.closed.getCount()).isZero();
  }

  @Test
  void aProbeThatFailsIsAnEventAndTheNextMeasurementIsMade() {
    for (Throwable problem :
        List.of(
            new ProbeException("no examples"),
            new IllegalStateException("broken\nbadly"),
            new OutOfMemoryError("heap"),
            new AssertionError("never"))) {
      for (ProbeWorkers workers : new ProbeWorkers[] {null, new ProbeWorkers(new SpareCores(1))}) {
        emitted.clear();
        FakeProbe probe = FakeProbe.free();
        probe.inTake = problem;
        try (Probes probes = probes(workers, probe)) {
          boundary(probes, 0);
          while (probes.settle()) {}
          assertThat(emitted)
              .extracting(Emitted::event)
              .containsExactly(new ProbeFailed("fake", told(problem)));
          probe.inTake = null;
          boundary(probes, 1);
          while (probes.settle()) {}
          assertThat(emitted.get(1).event).isEqualTo(FakeProbe.event(1));
          assertThat(report(probes)).isEqualTo(new long[] {1, 1, 0});
        }
      }
    }
  }

  private static String told(Throwable problem) {
    String message = problem.getMessage().lines().findFirst().orElseThrow();
    return problem instanceof ProbeException
        ? message
        : problem.getClass().getSimpleName() + ": " + message;
  }

  @Test
  void failuresInPreparationCountAndThoseBeforeStepsAreToldOnceInARow() {
    FakeProbe probe = FakeProbe.free();
    try (Probes probes = probes(new ProbeWorkers(new SpareCores(1)), probe)) {
      probe.inPrepare = new IllegalStateException("nothing there");
      boundary(probes, 0);
      assertThat(emitted)
          .extracting(Emitted::event)
          .containsExactly(new ProbeFailed("fake", "IllegalStateException: nothing there"));
      probe.inBeforeStep = new IllegalStateException("lost");
      for (int step = 0; step < 5; step++) {
        probes.beforeStep(new At(step), new int[0]);
      }
      assertThat(emitted).hasSize(2);
      assertThat(report(probes)).isEqualTo(new long[] {0, 2, 0});
    }
  }

  @Test
  void closingGivesUpWhatIsMeasuredWithoutWaiting() throws Exception {
    FakeProbe probe = FakeProbe.held();
    Probes probes = probes(new ProbeWorkers(new SpareCores(1)), probe);
    boundary(probes, 0);
    boundary(probes, 1);
    probe.begun.await();
    probes.close();
    probes.close();
    probe.interrupted.await();
    probe.closed.await();
    assertThat(probe.atOnce).hasValue(0);
    assertThat(emitted).isEmpty();
    assertThat(report(probes)).isEqualTo(new long[] {0, 0, 2});
  }

  /** The interrupt of one run's measurement does not reach the next one's. */
  @Test
  void workersGoOnAfterOneWasGivenUp() throws Exception {
    ProbeWorkers workers = new ProbeWorkers(new SpareCores(1));
    FakeProbe abandoned = FakeProbe.held();
    Probes ended = probes(workers, abandoned);
    boundary(ended, 0);
    abandoned.begun.await();
    ended.close();
    FakeProbe next = FakeProbe.held();
    try (Probes probes = probes(workers, next)) {
      boundary(probes, 7);
      next.begun.await();
      next.open.countDown();
      while (probes.settle()) {}
      assertThat(next.interrupted.getCount()).isEqualTo(1);
      assertThat(emitted).extracting(Emitted::event).containsExactly(FakeProbe.event(7));
    }
  }

  private Probes probes(ProbeWorkers workers, Probe... probes) {
    return new Probes(
        List.of(probes),
        STEPS_PER_EPOCH,
        (epoch, step, event) ->
            emitted.add(new Emitted(epoch, step, event, Thread.currentThread())),
        workers);
  }

  private static void boundary(Probes probes, long step) {
    probes.atBoundary(new At(step));
  }

  /** Measured, failed and skipped of the first probe. */
  private static long[] report(Probes probes) {
    ProbesReported.Probe probe = probes.report().probes().get(0);
    assertThat(probe.seconds()).isBetween(0.0, 60.0);
    return new long[] {probe.measured(), probe.failed(), probe.skipped()};
  }

  private record At(long step) implements TrainingState {
    @Override
    public int epoch() {
      return (int) (step / STEPS_PER_EPOCH);
    }

    @Override
    public INDArray parameters() {
      throw new AssertionError("no probe here asks for parameters");
    }

    @Override
    public ParameterSnapshot snapshot() {
      throw new AssertionError("no probe here asks for a snapshot");
    }
  }
}
