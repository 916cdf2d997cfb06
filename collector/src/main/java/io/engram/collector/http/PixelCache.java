package io.engram.collector.http;

import io.engram.events.RunId;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that were asked for lately, up to a number of bytes; the one that was not asked for
 * longest goes first. Belongs to one context.
 */
final class PixelCache {
  /** What a picture takes beside its pixels, about. */
  private static final int OVERHEAD = 256;

  private final Map<Key, Buffer> pictures = new LinkedHashMap<>(64, 0.75f, true);
  private final long capacity;
  private long bytes;

  /**
   * @param capacity the most bytes to keep
   */
  PixelCache(long capacity) {
    this.capacity = capacity;
  }

  @Nullable Buffer get(Key key) {
    return pictures.get(key);
  }

  void put(Key key, Buffer picture) {
    Buffer before = pictures.put(key, picture);
    bytes += size(picture) - (before == null ? 0 : size(before));
    Iterator<Buffer> oldest = pictures.values().iterator();
    while (bytes > capacity) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  int size() {
    return pictures.size();
  }

  private static long size(Buffer picture) {
    return (long) picture.length() + OVERHEAD;
  }

  /**
   * @param run whose example it is
   * @param incarnation the run's latest, since a fresh start can have other data
   * @param example its id
   */
  record Key(RunId run, long incarnation, int example) {}
}
