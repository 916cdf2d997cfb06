package io.engram.trainer.scoring;

import java.time.Duration;

/**
 * What a scorer takes upon itself.
 *
 * @param waiting tasks that may wait, that is be on their way or before the one being scored
 * @param bytes values of all tasks held at a time
 * @param forgotten silence after which a client is taken for gone and its task is given up
 */
public record ScorerLimits(int waiting, long bytes, Duration forgotten) {
  /** 16 tasks, a quarter of the heap, half a minute. */
  public static ScorerLimits ofThisProcess() {
    return new ScorerLimits(16, Runtime.getRuntime().maxMemory() / 4, Duration.ofSeconds(30));
  }
}
