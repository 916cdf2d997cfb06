package io.engram.trainer.model;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Half a cosine: {@code initial} at step 0, 0 after the last of {@code steps} steps (Loshchilov and
 * Hutter 2017, without restarts).
 *
 * @param initial learning rate at step 0
 * @param steps steps of the run
 */
public record CosineSchedule(
    @JsonProperty("initial") double initial, @JsonProperty("steps") long steps)
    implements ISchedule {
  private static final long serialVersionUID = 1;

  @Override
  public double valueAt(int iteration, int epoch) {
    double done = Math.min(1, (double) iteration / steps);
    return initial / 2 * (1 + Math.cos(Math.PI * done));
  }

  @Override
  public ISchedule clone() {
    return this;
  }
}
