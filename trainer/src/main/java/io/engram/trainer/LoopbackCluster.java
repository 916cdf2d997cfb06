package io.engram.trainer;

import io.engram.events.cluster.ClusterOptions;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * A cluster of the processes of one command. They meet at a port that was free, so that they and
 * the members of another cluster of this machine do not find each other.
 */
final class LoopbackCluster {
  private LoopbackCluster() {}

  /** The first member's place. */
  static ClusterOptions begin() {
    int port = freePort();
    return at(port, ClusterOptions.DEFAULT_ADDRESS + ":" + port);
  }

  /**
   * Another member's.
   *
   * @param first where the first is, as {@code host:port}
   * @throws IllegalArgumentException if that is no such place
   */
  static ClusterOptions join(String first) {
    return at(freePort(), first);
  }

  private static ClusterOptions at(int port, String first) {
    return ClusterOptions.ofHosts(ClusterOptions.DEFAULT_ADDRESS, port, List.of(first));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new InvalidSettingException("", "no port of this machine is free: " + e);
    }
  }
}
