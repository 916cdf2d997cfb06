package io.engram.events.cluster;

import io.engram.events.access.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of a command line that say how far a process' bus reaches and who else is on it. */
public final class BusOptions {
  @Option(
      names = "--bus",
      paramLabel = "BUS",
      defaultValue = "embedded",
      description =
          "embedded: trainer and collector are one process; clustered: processes of their own find"
              + " each other, and a trainer keeps every event on disk until its collector has it"
              + " (default: ${DEFAULT-VALUE}).")
  private Bus bus = Bus.EMBEDDED;

  @ArgGroup private @Nullable Discovery discovery;

  @Option(
      names = "--cluster-address",
      paramLabel = "HOST",
      description =
          "Under which the others reach this process (default: 127.0.0.1). Beyond this machine with"
              + " certificates only.")
  private @Nullable String address;

  @Option(
      names = "--cluster-port",
      paramLabel = "PORT",
      description =
          "Where it takes members (default: 5701, or the next that is free). With"
              + " --cluster-service the same for all.")
  private @Nullable Integer port;

  @Option(
      names = "--bus-port",
      paramLabel = "PORT",
      description = "Where the others send messages to it, 0 for any that is free (default: 0).")
  private @Nullable Integer busPort;

  @Option(
      names = "--bus-tls-cert",
      paramLabel = "PEM",
      description =
          "Certificate that this process shows on the bus, which then is encrypted: all members"
              + " show one, or none does. 'engram-collector certificates' makes them.")
  private @Nullable Path certificate;

  @Option(names = "--bus-tls-key", paramLabel = "PEM", description = "Its private key (PKCS #8).")
  private @Nullable Path key;

  @Option(
      names = "--bus-ca",
      paramLabel = "PEM",
      description = "Who vouches for all members: whoever has a certificate of theirs is one.")
  private @Nullable Path authority;

  private static final class Discovery {
    @Option(
        names = "--cluster-hosts",
        paramLabel = "HOST:PORT",
        split = ",",
        description = "Where other members may be (default: ports 5701 to 5704 of 127.0.0.1).")
    private @Nullable List<String> hosts;

    @Option(
        names = "--cluster-service",
        paramLabel = "NAME",
        description =
            "DNS name that stands for the addresses of all members, such as a headless Service of"
                + " Kubernetes. Instead of --cluster-hosts.")
    private @Nullable String service;
  }

  /** Whether other processes are on the bus. */
  public boolean clustered() {
    return bus == Bus.CLUSTERED;
  }

  /**
   * What was asked for, defaults filled in.
   *
   * @param insecure whether it may be heard beyond this machine without certificates
   * @throws IllegalArgumentException if a value is none, a file is not what it must be, or it would
   *     be heard beyond this machine without certificates; in one line
   */
  public ClusterOptions cluster(boolean insecure) {
    ClusterOptions options =
        new ClusterOptions(
            address == null ? ClusterOptions.DEFAULT_ADDRESS : address,
            port == null ? ClusterOptions.DEFAULT_PORT : port,
            busPort == null ? 0 : busPort,
            hosts(),
            discovery == null ? null : discovery.service,
            tls());
    options.check(insecure);
    return options;
  }

  private @Nullable TlsFiles tls() {
    if (certificate == null && key == null && authority == null) {
      return null;
    }
    if (certificate == null || key == null || authority == null) {
      throw new IllegalArgumentException(
          "--bus-tls-cert, --bus-tls-key and --bus-ca: give all three, or none");
    }
    TlsFiles tls = new TlsFiles(certificate.toString(), key.toString(), authority.toString());
    tls.check();
    return tls;
  }

  /**
   * @throws IllegalArgumentException if there are options of a cluster, and the bus is not
   *     clustered
   */
  public void refuseIdleOptions() {
    boolean idle =
        address == null
            && port == null
            && busPort == null
            && discovery == null
            && certificate == null
            && key == null
            && authority == null;
    if (!clustered() && !idle) {
      throw new IllegalArgumentException(
          "--cluster-… and --bus-… are options of --bus clustered: give that, too");
    }
  }

  private List<String> hosts() {
    if (discovery == null) {
      return ClusterOptions.DEFAULT_HOSTS;
    }
    return discovery.hosts == null ? List.of() : discovery.hosts;
  }
}
