package io.engram.trainer.probe;

import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.TrainingEvent;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.training.TrainingState;
import java.util.List;

/** One probe of a run, and what it has done and cost. Lives on the run's thread. */
final class Lane {
  private static final double NANOS = 1e9;

  final Probe probe;
  private long measured;
  private long failed;
  private long skipped;
  private long nanos;
  private int outstanding;
  private boolean disturbed;

  Lane(Probe probe) {
    this.probe = probe;
  }

  /** What became of a measurement, and how long it took. */
  record Result(Outcome outcome, long nanos) {}

  /** How a measurement ended. */
  enum Outcome {
    MEASURED,
    FAILED,
    SKIPPED
  }

  /** A step is about to be made; of failures in a row only the first is told. */
  List<TrainingEvent> beforeStep(TrainingState state, int[] rows) {
    try {
      probe.beforeStep(state, rows);
      disturbed = false;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!disturbed) {
        disturbed = true;
        failed++;
        return List.of(failure(e));
      }
    }
    return List.of();
  }

  /** Measures; on any thread. */
  Result take(Probe.Measurement measurement, Probe.Findings findings) {
    long began = System.nanoTime();
    Outcome outcome = Outcome.MEASURED;
    try {
      measurement.take(findings);
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      outcome = e instanceof ScorerException s && s.busy() ? Outcome.SKIPPED : Outcome.FAILED;
      if (outcome == Outcome.FAILED) {
        findings.add(failure(e));
      }
    }
    return new Result(outcome, System.nanoTime() - began);
  }

  ProbeFailed failure(Throwable cause) {
    String problem = String.valueOf(cause.getMessage());
    if (!(cause instanceof ProbeException || cause instanceof ScorerException)) {
      problem = cause.getClass().getSimpleName() + ": " + problem;
    }
    return new ProbeFailed(probe.name(), problem.lines().findFirst().orElse(""));
  }

  void spent(long taken) {
    nanos += taken;
  }

  void skipped() {
    skipped++;
  }

  void submitted() {
    outstanding++;
  }

  void returned() {
    outstanding--;
  }

  /** Counts what will never return as skipped. */
  void abandoned() {
    skipped += outstanding;
    outstanding = 0;
  }

  boolean waits() {
    return outstanding > 0;
  }

  void count(Result result) {
    nanos += result.nanos();
    switch (result.outcome()) {
      case MEASURED -> measured++;
      case FAILED -> failed++;
      case SKIPPED -> skipped++;
    }
  }

  ProbesReported.Probe report() {
    return new ProbesReported.Probe(probe.name(), measured, failed, skipped, nanos / NANOS);
  }
}
