package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A network namespace of Linux, and a cable to it that can be pulled. */
final class CutNetwork implements AutoCloseable {
  private static final String HERE = "10.203.113.1";
  private static final String THERE = "10.203.113.2";

  private final String name = "engram-" + ProcessHandle.current().pid();
  private final String near = "eng" + ProcessHandle.current().pid();
  private final String far = near + "f";

  /** Skips the test where this user may not make one. */
  CutNetwork() throws Exception {
    assumeThat(ip("netns", "add", name)).as("only root may make a network namespace").isTrue();
    require("link", "add", near, "type", "veth", "peer", "name", far);
    require("link", "set", far, "netns", name);
    require("addr", "add", HERE + "/30", "dev", near);
    require("link", "set", near, "up");
    require("-n", name, "addr", "add", THERE + "/30", "dev", far);
    require("-n", name, "link", "set", far, "up");
    require("-n", name, "link", "set", "lo", "up");
  }

  /** The collector on this side, trainers on the other. */
  Apart.Whereabouts whereabouts() {
    return new Apart.Whereabouts(HERE, THERE, List.of("ip", "netns", "exec", name));
  }

  /** From now on nothing reaches the other side. */
  void cut() throws Exception {
    require("link", "set", near, "down");
  }

  void mend() throws Exception {
    require("link", "set", near, "up");
  }

  private static void require(String... arguments) throws Exception {
    if (!ip(arguments)) {
      throw new IOException("fails: ip " + String.join(" ", arguments));
    }
  }

  private static boolean ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    Collections.addAll(command, arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException thereIsNone) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    ip("link", "del", near);
    ip("netns", "del", name);
  }
}
