package io.engram.events.log;

/**
 * How a log is cut into files.
 *
 * @param segmentBytes a segment that has grown to this is followed by the next
 */
public record LogOptions(long segmentBytes) {
  /** Segments of 8 MiB. */
  public static final LogOptions DEFAULTS = new LogOptions(8L << 20);

  /**
   * @throws IllegalArgumentException if a segment would hold nothing
   */
  public LogOptions {
    if (segmentBytes < 1) {
      throw new IllegalArgumentException(
          "segmentBytes is %d, must be at least 1".formatted(segmentBytes));
    }
  }
}
