package io.engram.collector;

/** What lives on the heap of this process. */
final class Heap {
  private static final int COLLECTIONS = 3;
  private static final long MEGABYTE = 1 << 20;

  private Heap() {}

  /** Megabytes that are reachable, after the collector of garbage has run. */
  static long megabytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
  }
}
