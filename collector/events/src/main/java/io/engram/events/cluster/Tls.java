package io.engram.events.cluster;

import javax.net.ssl.SSLEngine;

/** What all users of an engine need. */
final class Tls {
  private Tls() {}

  static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
