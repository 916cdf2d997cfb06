package io.engram.events.cluster;

import java.util.List;

/**
 * One process' place in a cluster.
 *
 * @param address name or address of this process, under which the others reach it
 * @param port where it takes members, 1 to 65535; the next that is free if this one is taken
 * @param hosts where others may be, as {@code host:port}; at least one of them or this process must
 *     be there for the rest to find each other
 */
public record ClusterOptions(String address, int port, List<String> hosts) {
  /** Port from which a collector looks for a free one. */
  public static final String COLLECTOR_PORT = "5701";

  /** Port from which a trainer looks for a free one. */
  public static final String TRAINER_PORT = "5702";

  /** A collector and three trainers on this machine. */
  public static final String DEFAULT_HOSTS =
      "127.0.0.1:5701,127.0.0.1:5702,127.0.0.1:5703,127.0.0.1:5704";

  /**
   * @throws IllegalArgumentException if a value is out of its range, naming it and the range
   */
  public ClusterOptions {
    hosts = List.copyOf(hosts);
    if (address.isBlank()) {
      throw new IllegalArgumentException(
          "cluster address is empty: give one under which the others reach this process");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("cluster port " + port + ": use 1 to 65535");
    }
    for (String host : hosts) {
      if (!host.matches("[^:\\s]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "cluster host '%s': use host:port, as in 127.0.0.1:5701".formatted(host));
      }
    }
  }
}
