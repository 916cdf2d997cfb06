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

  /**
   * What became of a measurement.
   *
   * @param epoch when it was prepared
   * @param step when it was prepared
   * @param events its events, or the one that says why there are none
   * @param ofTheStart events that belong to step 0
   */
  record Result(
      Lane lane,
      int epoch,
      long step,
      List<TrainingEvent> events,
      List<TrainingEvent> ofTheStart,
      Outcome outcome,
      long nanos) {}

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
        return failure(e);
      }
    }
    return List.of();
  }

  /** Measures; on any thread. */
  Result take(int epoch, long step, Probe.Measurement measurement) {
    long began = System.nanoTime();
    try {
      List<TrainingEvent> events = measurement.take();
      return new Result(
          this,
          epoch,
          step,
          events,
          measurement.ofTheStart(),
          Outcome.MEASURED,
          System.nanoTime() - began);
    } catch (ScorerException e) {
      long taken = System.nanoTime() - began;
      return e.busy()
          ? new Result(this, epoch, step, List.of(), List.of(), Outcome.SKIPPED, taken)
          : failed(epoch, step, e, taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(epoch, step, e, System.nanoTime() - began);
    } catch (Throwable e) {
      return failed(epoch, step, e, System.nanoTime() - began);
    }
  }

  Result failed(int epoch, long step, Throwable cause, long taken) {
    return new Result(this, epoch, step, failure(cause), List.of(), Outcome.FAILED, taken);
  }

  private List<TrainingEvent> failure(Throwable cause) {
    String problem = String.valueOf(cause.getMessage());
    if (!(cause instanceof ProbeException || cause instanceof ScorerException)) {
      problem = cause.getClass().getSimpleName() + ": " + problem;
    }
    return List.of(new ProbeFailed(probe.name(), problem.lines().findFirst().orElse("")));
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
