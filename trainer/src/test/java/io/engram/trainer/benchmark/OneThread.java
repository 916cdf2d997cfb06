package io.engram.trainer.benchmark;

import io.engram.trainer.training.TrainingLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Work of the calling thread, measured. */
final class OneThread {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private OneThread() {}

  /** Nanoseconds of processor time. */
  static long taken(Runnable work) {
    long began = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  /** Trains to the end of the epoch, its evaluation included. */
  static void epoch(TrainingLoop loop) {
    int epoch = loop.epoch();
    while (loop.epoch() == epoch) {
      loop.advance();
    }
    loop.advance();
  }
}
