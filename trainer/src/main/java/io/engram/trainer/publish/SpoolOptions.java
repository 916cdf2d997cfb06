package io.engram.trainer.publish;

import java.nio.file.Path;

/**
 * Where a trainer keeps events until a collector has them.
 *
 * @param dir folder of one run's spool, made when missing
 * @param quotaBytes what it may hold
 */
public record SpoolOptions(Path dir, long quotaBytes) {
  /** 1 GiB: some hours of a run on MNIST without a collector. */
  public static final long DEFAULT_QUOTA_BYTES = 1L << 30;

  /**
   * @throws IllegalArgumentException if there is room for less than one segment of each kind
   */
  public SpoolOptions {
    if (quotaBytes < 1L << 16) {
      throw new IllegalArgumentException(
          "a spool of %d bytes: use at least %d".formatted(quotaBytes, 1L << 16));
    }
  }
}
