package io.engram.trainer;

import io.engram.events.RunFinished.Outcome;
import io.engram.trainer.publish.Shards;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer needs beside its run.
 *
 * @param stateDir holds checkpoints, in {@code checkpoints/<run>}
 * @param start what the run begins with
 * @param heartbeat time between two reports of the trainer's own figures
 * @param flush how long the end of a run waits for the collector to take its last events
 * @param spooling how events outlive this process; null delivers them from memory
 * @param patient whether training waits for every measurement, so that none is skipped
 */
record TrainerOptions(
    Path stateDir,
    Start start,
    Duration heartbeat,
    Duration flush,
    @Nullable Spooling spooling,
    boolean patient) {
  private static final Duration PATIENCE = Duration.ofDays(365);

  /**
   * Delivery by way of a spool in {@code spool/<run>} of the state folder.
   *
   * @param quotaBytes what a run's spool may hold
   * @param shards finds the collector of each run
   */
  record Spooling(long quotaBytes, Shards shards) {}

  /** Where a run begins. */
  enum Start {
    /** Untrained. */
    AFRESH,
    /** At its last checkpoint, or untrained where there is none. */
    LATEST,
    /** At the checkpoint that was kept from before the onset of memorization. */
    BEFORE_ONSET;

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  TrainerOptions(Path stateDir, boolean resume) {
    this(stateDir, resume ? Start.LATEST : Start.AFRESH);
  }

  TrainerOptions(Path stateDir, Start start) {
    this(stateDir, start, null);
  }

  TrainerOptions(Path stateDir, Start start, @Nullable Spooling spooling) {
    this(stateDir, start, spooling, false);
  }

  TrainerOptions(Path stateDir, Start start, @Nullable Spooling spooling, boolean patient) {
    this(stateDir, start, Duration.ofSeconds(1), Duration.ofSeconds(10), spooling, patient);
  }

  /**
   * Whether a run that is shut down may be meant to go on: what it did is kept beyond the process,
   * or was to be continued from before. Then it leaves a checkpoint.
   */
  boolean goesOn() {
    return spooling != null || start != Start.AFRESH;
  }

  /**
   * How long the end of a run waits for the collector: one that was not told to stop, and keeps its
   * events, until there is one.
   */
  Duration flush(Outcome outcome) {
    return spooling == null || outcome == Outcome.STOPPED ? flush : PATIENCE;
  }
}
