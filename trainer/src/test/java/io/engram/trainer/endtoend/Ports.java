package io.engram.trainer.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback for programs that cannot choose one themselves. */
final class Ports {
  private Ports() {}

  /** A port that is free now. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
