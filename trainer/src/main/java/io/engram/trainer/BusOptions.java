package io.engram.trainer;

import io.engram.events.cluster.Bus;
import io.engram.events.cluster.ClusterOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** Which collector a trainer speaks to. */
final class BusOptions {
  @Option(
      names = "--bus",
      paramLabel = "BUS",
      defaultValue = "embedded",
      description =
          "embedded brings its own collector; clustered speaks to the engram-collector of a"
              + " cluster, and keeps every event on disk until that has it (default:"
              + " ${DEFAULT-VALUE}).")
  Bus bus;

  @Option(
      names = "--cluster-hosts",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = ClusterOptions.DEFAULT_HOSTS,
      description = "Where other members of the cluster may be (default: ${DEFAULT-VALUE}).")
  List<String> clusterHosts;

  @Option(
      names = "--cluster-address",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Under which the others reach this process (default: ${DEFAULT-VALUE}). What members say"
              + " to each other is not encrypted: keep it in a network that is trusted.")
  String clusterAddress;

  @Option(
      names = "--cluster-port",
      paramLabel = "PORT",
      defaultValue = ClusterOptions.TRAINER_PORT,
      description =
          "Where it takes members, or the next port that is free (default: ${DEFAULT-VALUE}).")
  int clusterPort;

  boolean clustered() {
    return bus == Bus.CLUSTERED;
  }

  /**
   * @throws IllegalArgumentException if they are none, in one line
   */
  ClusterOptions cluster() {
    return new ClusterOptions(clusterAddress, clusterPort, clusterHosts);
  }
}
