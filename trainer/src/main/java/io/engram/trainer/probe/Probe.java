package io.engram.trainer.probe;

import io.engram.events.TrainingEvent;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.training.TrainingState;

/** A measurement of a run, with its schedule. */
public interface Probe extends AutoCloseable {
  /** Its name in the run file and in metrics. */
  String name();

  /** When it is due. */
  Schedule schedule();

  /**
   * Whether it measures on the run's thread, before the next step, and is never skipped; otherwise
   * a probe worker measures.
   */
  default boolean inline() {
    return false;
  }

  /** A step is about to be made; called on the run's thread for every step, due or not. */
  default void beforeStep(TrainingState state, int[] rows) {}

  /** It is due: takes from the run, on its thread, what the measurement needs, and no longer. */
  Measurement prepare(TrainingState state);

  /** Frees what it holds; no measurement is running. Any thread may call it. */
  @Override
  default void close() {}

  /** What is left to do once the run goes on. */
  interface Measurement {
    /**
     * Measures, on any thread but never beside another measurement of the same probe. Where the run
     * ends before, the thread is interrupted: what takes long asks {@link Thread#interrupted} now
     * and then, and what it throws or finds then is not looked at.
     *
     * @param findings takes the events
     * @throws ProbeException if it cannot be measured
     * @throws ScorerException if a scorer elsewhere gave up; where it was busy, the measurement is
     *     skipped
     * @throws InterruptedException if the thread was interrupted
     */
    void take(Findings findings) throws ProbeException, ScorerException, InterruptedException;
  }

  /** Takes what a measurement finds, as it finds it. */
  interface Findings {
    /** Emits an event with the epoch and step at which the measurement was prepared. */
    void add(TrainingEvent event);

    /** Emits an event that belongs to the untrained network, with epoch 0 and step 0. */
    void addOfTheStart(TrainingEvent event);
  }
}
