package io.engram.events;

import java.util.Map;

/**
 * A trainer's own figures, emitted about once a second and after every change of state.
 *
 * @param state what the run is doing
 * @param emitted events emitted by this incarnation up to and including this one
 * @param dropped events dropped by this incarnation before the bus, by reason; each leaves a gap in
 *     the sequence
 * @param spool what waits for the collector
 */
public record TrainerReported(State state, long emitted, Map<String, Long> dropped, Spool spool)
    implements TrainingEvent {
  /** What a run is doing. */
  public enum State {
    RUNNING,
    PAUSED
  }

  /**
   * Events between trainer and collector.
   *
   * @param bytes that the spool takes on disk, 0 where there is none
   * @param waiting events emitted by this incarnation, dropped ones included, that come after the
   *     last acknowledged one
   * @param failures times that the spool could not be written
   * @param quotaBytes what the spool may take on disk, 0 where there is none
   * @param lagMillis age of the oldest event of this incarnation that is not acknowledged, to the
   *     latest report before it; 0 where none is older than the latest report
   */
  public record Spool(long bytes, long waiting, long failures, long quotaBytes, long lagMillis) {
    /** Nothing is known to wait. */
    public static final Spool NONE = new Spool(0, 0, 0, 0, 0);
  }

  /** A report of a trainer of which nothing is known to wait. */
  public TrainerReported(State state, long emitted, Map<String, Long> dropped) {
    this(state, emitted, dropped, Spool.NONE);
  }

  public TrainerReported {
    dropped = Map.copyOf(dropped);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onTrainerReported(envelope, this);
  }
}
