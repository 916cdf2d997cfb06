package io.engram.trainer.probe;

import io.engram.events.ProbeFailed;
import io.engram.events.TrainingEvent;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Says at which step it was prepared, when it is let. */
final class FakeProbe implements Probe {
  final List<Long> prepared = new ArrayList<>();
  final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final CountDownLatch begun = new CountDownLatch(1);
  final CountDownLatch interrupted = new CountDownLatch(1);
  final CountDownLatch closed = new CountDownLatch(1);
  final CountDownLatch open;
  boolean inline;
  TrainingEvent findsFirst;
  Throwable inPrepare;
  Throwable inTake;
  Throwable inBeforeStep;

  FakeProbe(CountDownLatch open) {
    this.open = open;
  }

  static FakeProbe free() {
    return new FakeProbe(new CountDownLatch(0));
  }

  static FakeProbe held() {
    return new FakeProbe(new CountDownLatch(1));
  }

  static TrainingEvent event(long step) {
    return new ProbeFailed("fake", "prepared at " + step);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Schedule schedule() {
    return Schedule.parse("1 step");
  }

  @Override
  public boolean inline() {
    return inline;
  }

  @Override
  public void beforeStep(TrainingState state, int[] rows) {
    throwIfAny(inBeforeStep);
  }

  @Override
  public Measurement prepare(TrainingState state) {
    throwIfAny(inPrepare);
    long step = state.step();
    prepared.add(step);
    return findings -> {
      if (findsFirst != null) {
        findings.add(findsFirst);
        findings.addOfTheStart(findsFirst);
      }
      findings.add(take(step));
    };
  }

  private TrainingEvent take(long step) throws ProbeException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    begun.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    atOnce.decrementAndGet();
    if (inTake instanceof ProbeException problem) {
      throw problem;
    }
    throwIfAny(inTake);
    return event(step);
  }

  private static void throwIfAny(Throwable problem) {
    if (problem instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (problem instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
