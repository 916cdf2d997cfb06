package io.engram.trainer;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a trainer needs beside its run.
 *
 * @param stateDir holds checkpoints, in {@code checkpoints/<run>}
 * @param resume continue from the run's last checkpoint, where there is one
 * @param heartbeat time between two reports of the trainer's own figures
 * @param flush how long the end of a run waits for the collector to take its last events
 */
record TrainerOptions(Path stateDir, boolean resume, Duration heartbeat, Duration flush) {
  TrainerOptions(Path stateDir, boolean resume) {
    this(stateDir, resume, Duration.ofSeconds(1), Duration.ofSeconds(10));
  }
}
