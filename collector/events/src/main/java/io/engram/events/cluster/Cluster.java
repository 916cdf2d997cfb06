package io.engram.events.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.HazelcastInstance;
import io.engram.events.access.TlsFiles;
import io.engram.events.access.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.spi.cluster.ClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes a Vert.x whose event bus is that of a cluster. */
public final class Cluster {
  private static final String NAME = "engram";
  private static final String LOGGING = "hazelcast.logging.type";
  private static final String NODE_ID = "__vertx.nodeId";
  private static final String SHARED_MAP = "engram.bus";
  private static final String EXPOSED = "exposed";
  private static final long PING_MILLIS = 5_000;
  private static final String SERVICE_SECONDS = "5";
  private static final int SERVICE_TRIES = 2;

  /**
   * With Hazelcast's own values a member that was cut off comes back after five minutes, one that
   * is frozen is missed after one and keeps others from joining for five, and leaving may take ten.
   */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "2"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "20"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.max.join.seconds", "15"),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "5"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.socket.client.bind", "false"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry(LOGGING, "slf4j"));

  private Cluster() {}

  /**
   * Joins those who are there, or begins a cluster that others join. Takes some seconds; where one
   * of them is there and does not answer, being frozen, half a minute: then it begins without them,
   * and the clusters become one when all answer. With a service, of which nobody can be left out,
   * it fails after three tries.
   *
   * @return closing it leaves the cluster; fails if no port can be listened on
   * @throws IllegalArgumentException if the own address is none, or a TLS file is not what it must
   *     be, naming it
   */
  public static Future<Vertx> join(VertxOptions options, ClusterOptions cluster) {
    String address = addressOf(cluster.address());
    options.setEventBusOptions(busOptions(address, cluster));
    // Hazelcast's first lines are written before it reads its configuration.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "slf4j");
    }
    SSLContext context = cluster.tls() == null ? null : Trust.between(cluster.tls());
    return start(options, configuration(address, cluster), context)
        .recover(failure -> startWithoutOthers(options, address, cluster, context, failure))
        .onSuccess(vertx -> shared(vertx).put(EXPOSED, cluster.isExposed()));
  }

  /** Whether a bus is heard beyond this machine, and is not encrypted. */
  public static boolean isExposed(Vertx vertx) {
    return Boolean.TRUE.equals(shared(vertx).get(EXPOSED));
  }

  private static LocalMap<String, Boolean> shared(Vertx vertx) {
    return vertx.sharedData().getLocalMap(SHARED_MAP);
  }

  private static EventBusOptions busOptions(String address, ClusterOptions cluster) {
    EventBusOptions options =
        new EventBusOptions()
            .setHost(address)
            .setPort(cluster.busPort())
            .setClusterPingInterval(PING_MILLIS)
            .setClusterPingReplyInterval(PING_MILLIS);
    TlsFiles tls = cluster.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setTrustAll(false)
          .setClientAuth(ClientAuth.REQUIRED)
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()))
          .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority()));
    }
    return options;
  }

  private static Future<Vertx> startWithoutOthers(
      VertxOptions options,
      String address,
      ClusterOptions cluster,
      @Nullable SSLContext context,
      Throwable failure) {
    if (cluster.service() != null) {
      return startAgain(options, address, cluster, context, SERVICE_TRIES);
    }
    Config configuration = configuration(address, cluster);
    configuration.getNetworkConfig().getJoin().getTcpIpConfig().setMembers(List.of());
    return start(options, configuration, context)
        .onSuccess(
            started ->
                configuration
                    .getNetworkConfig()
                    .getJoin()
                    .getTcpIpConfig()
                    .setMembers(cluster.hosts()))
        .recover(also -> Future.failedFuture(failure));
  }

  /** Whoever a service stands for cannot be left out, but others soon miss one that is frozen. */
  private static Future<Vertx> startAgain(
      VertxOptions options,
      String address,
      ClusterOptions cluster,
      @Nullable SSLContext context,
      int tries) {
    return start(options, configuration(address, cluster), context)
        .recover(
            failure ->
                tries > 1
                    ? startAgain(options, address, cluster, context, tries - 1)
                    : Future.failedFuture(failure));
  }

  private static Future<Vertx> start(
      VertxOptions options, Config configuration, @Nullable SSLContext context) {
    if (context == null) {
      return start(options, new TrueRegistrations(configuration));
    }
    configuration.getMemberAttributeConfig().setAttribute(NODE_ID, UUID.randomUUID().toString());
    HazelcastInstance member;
    try {
      member = SecureMember.start(configuration, context);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    return start(options, new SecureClusterManager(member)).onFailure(e -> member.shutdown());
  }

  private static Future<Vertx> start(VertxOptions options, ClusterManager manager) {
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .onSuccess(Cluster::refuseSerializedObjects);
  }

  /** What travels has codecs; a serialized object would be somebody else's. */
  private static void refuseSerializedObjects(Vertx vertx) {
    vertx.eventBus().serializableChecker(name -> false).clusterSerializableChecker(name -> false);
  }

  private static String addressOf(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isAnyLocalAddress()) {
        return address.getHostAddress();
      }
    } catch (UnknownHostException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "cluster address %s: give one under which the others reach this process".formatted(host));
  }

  static Config configuration(String address, ClusterOptions cluster) {
    Config config = new Config();
    config.setClusterName(NAME);
    PROPERTIES.forEach(config::setProperty);
    config.getMetricsConfig().setEnabled(false);
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.getWhitelist().addClasses(SerializedErrors.classes());
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(cluster.port()).setReuseAddress(true).setPublicAddress(address);
    // Not by its list of interfaces, on which it would look for the other members, too.
    config.setProperty("hazelcast.local.localAddress", address);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    discover(config, cluster);
    return config;
  }

  private static void discover(Config config, ClusterOptions cluster) {
    NetworkConfig network = config.getNetworkConfig();
    JoinConfig join = network.getJoin();
    String service = cluster.service();
    if (service == null) {
      join.getTcpIpConfig().setEnabled(true).setMembers(cluster.hosts());
      return;
    }
    // A name stands for addresses only: all members have the same port.
    network.setPortAutoIncrement(false);
    // Without it nobody is asked, and the process begins a cluster of its own.
    config.setProperty("hazelcast.wait.seconds.before.join", SERVICE_SECONDS);
    join.getKubernetesConfig()
        .setEnabled(true)
        .setProperty("service-dns", service)
        .setProperty("service-dns-timeout", SERVICE_SECONDS)
        .setProperty("service-port", Integer.toString(cluster.port()));
  }
}
