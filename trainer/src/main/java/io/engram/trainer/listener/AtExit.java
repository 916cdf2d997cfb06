package io.engram.trainer.listener;

import java.util.ArrayList;
import java.util.List;

/** What is to be done when the program ends: first runs say so, then what they speak to closes. */
final class AtExit {
  private static final List<Runnable> FIRST = new ArrayList<>();
  private static final List<Runnable> THEN = new ArrayList<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::run, "engram-exit"));
  }

  private AtExit() {}

  static synchronized void first(Runnable ending) {
    FIRST.add(ending);
  }

  static synchronized void then(Runnable closing) {
    THEN.add(closing);
  }

  static synchronized void forget(Runnable ending) {
    FIRST.remove(ending);
  }

  private static synchronized void run() {
    FIRST.forEach(Runnable::run);
    THEN.forEach(Runnable::run);
  }
}
