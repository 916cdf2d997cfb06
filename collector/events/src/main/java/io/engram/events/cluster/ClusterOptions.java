package io.engram.events.cluster;

import io.engram.events.access.Access;
import io.engram.events.access.TlsFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process' place in a cluster.
 *
 * @param address name or address of this process, under which the others reach it
 * @param port where it takes members, 1 to 65535; with hosts the next that is free if this one is
 *     taken, with a service this one and the same for all
 * @param busPort where it takes messages, 0 for any that is free
 * @param hosts where others may be, as {@code host:port}; at least one of them or this process must
 *     be there for the rest to find each other; empty where there is a service
 * @param service DNS name that stands for the addresses of all members, or null
 * @param tls what it shows to the others and by what it knows them, with an authority; null leaves
 *     the bus without encryption and login
 */
public record ClusterOptions(
    String address,
    int port,
    int busPort,
    List<String> hosts,
    @Nullable String service,
    @Nullable TlsFiles tls) {
  /** Loopback. */
  public static final String DEFAULT_ADDRESS = "127.0.0.1";

  /** Hazelcast's. */
  public static final int DEFAULT_PORT = 5701;

  /** Any four on this machine, of which the ports are the default and the next. */
  public static final List<String> DEFAULT_HOSTS =
      List.of("127.0.0.1:5701", "127.0.0.1:5702", "127.0.0.1:5703", "127.0.0.1:5704");

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
    if (busPort < 0 || busPort > 65535) {
      throw new IllegalArgumentException(
          "bus port " + busPort + ": use 1 to 65535, or 0 for any that is free");
    }
    if (busPort == port) {
      throw new IllegalArgumentException(
          "bus port " + busPort + " is the cluster port, too: use another");
    }
    for (String host : hosts) {
      if (!host.matches("[^:\\s]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "cluster host '%s': use host:port, as in 127.0.0.1:5701".formatted(host));
      }
    }
    if (service != null && !service.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\\.?")) {
      throw new IllegalArgumentException(
          "cluster service '%s': use a DNS name, as in engram-bus.engram.svc".formatted(service));
    }
    if (hosts.isEmpty() == (service == null)) {
      throw new IllegalArgumentException(
          "members are found by cluster hosts or by a cluster service: give one of the two");
    }
    if (tls != null && tls.authority() == null) {
      throw new IllegalArgumentException(
          "a bus with certificates needs the authority that vouches for the others (--bus-ca)");
    }
  }

  /**
   * Says whether a process may be on this bus.
   *
   * @param insecure whether somebody said that it may without certificates
   * @throws IllegalArgumentException if it would be heard beyond this machine without certificates
   */
  public void check(boolean insecure) {
    if (isExposed() && !insecure) {
      throw new IllegalArgumentException(
          ("a bus at %s, beyond this machine, needs certificates (--bus-tls-cert, --bus-tls-key,"
                  + " --bus-ca): 'engram-collector certificates' makes them; --insecure does"
                  + " without")
              .formatted(address));
    }
  }

  /** Whether it is heard beyond this machine without encryption and login. */
  boolean isExposed() {
    return tls == null && !Access.isLoopback(address);
  }

  /**
   * Members that are found by hosts.
   *
   * @param hosts as {@code host:port}
   */
  public static ClusterOptions ofHosts(String address, int port, List<String> hosts) {
    return new ClusterOptions(address, port, 0, hosts, null, null);
  }
}
