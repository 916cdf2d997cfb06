package io.engram.events.log;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One file of a log; guarded by its log. */
final class Segment {
  private static final String SUFFIX = ".log";
  private static final int DIGITS = 19;

  final long firstIndex;
  final Path path;

  /** Bytes that belong to whole records or to damage between them. */
  long bytes;

  /** Open where it is written, or not yet forced. */
  @Nullable SegmentFile file;

  /** Something was written since the last force. */
  boolean dirty;

  /** A force is under way. */
  boolean forcing;

  /** What follows {@link #bytes} is to be cut off before the next write. */
  boolean ragged = true;

  Segment(Path dir, long firstIndex) {
    this.firstIndex = firstIndex;
    this.path = dir.resolve(String.format("%0" + DIGITS + "d", firstIndex) + SUFFIX);
  }

  /** The index in a segment's name, or -1 if it is not the name of a segment. */
  static long indexOf(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.matches("\\d{" + DIGITS + "}\\.log")
        ? Long.parseLong(name.substring(0, DIGITS))
        : -1;
  }
}
