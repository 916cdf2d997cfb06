package io.engram.events.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registrations are put, or lost, as when clusters become one. */
@Timeout(180)
final class TrueRegistrationsTest {
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(2_000);

  private final List<Vertx> members = new ArrayList<>();

  @BeforeEach
  void join() throws Exception {
    List<String> hosts = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports.add(socket.getLocalPort());
        hosts.add("127.0.0.1:" + socket.getLocalPort());
      }
    }
    for (int port : ports) {
      members.add(
          Cluster.join(new VertxOptions(), ClusterOptions.ofHosts("127.0.0.1", port, hosts))
              .await());
    }
    members
        .get(0)
        .eventBus()
        .consumer("here", message -> message.reply(message.body()))
        .completion()
        .await();
    awaitAnswer();
  }

  @AfterEach
  void leave() {
    members.forEach(member -> member.close().await());
  }

  @Test
  void nothingIsSentToWhoIsNoMember() {
    registrations().put("here", registrationOfTheDead());

    for (int i = 0; i < 50; i++) {
      assertThat(ask().await()).isEqualTo("?");
      members.get(1).timer(20, TimeUnit.MILLISECONDS).await();
    }
  }

  @Test
  void aRegistrationThatWasLostIsMadeAgain() {
    HazelcastRegistrationInfo made = registrations().get("here").iterator().next();
    registrations().remove("here");

    await(() -> registrations().containsEntry("here", made));
    awaitAnswer();
  }

  @Test
  void whereAMemberIsIsToldAgain() {
    HazelcastClusterManager first = manager(0);
    first.getHazelcastInstance().getMap("__vertx.nodeInfo").remove(first.getNodeId());

    await(() -> isKnown(first.getNodeId()));
    awaitAnswer();
  }

  private boolean isKnown(String node) {
    Promise<NodeInfo> info = Promise.promise();
    manager(1).getNodeInfo(node, info);
    return info.future().transform(found -> Future.succeededFuture(found.succeeded())).await();
  }

  private void awaitAnswer() {
    await(() -> ask().transform(answer -> Future.succeededFuture(answer.succeeded())).await());
  }

  private void await(BooleanSupplier question) {
    for (int i = 0; !question.getAsBoolean(); i++) {
      assertThat(i).isLessThan(300);
      members.get(1).timer(100, TimeUnit.MILLISECONDS).await();
    }
  }

  private Future<String> ask() {
    return members
        .get(1)
        .eventBus()
        .<String>request("here", "?", SOON)
        .map(answer -> answer.body());
  }

  private MultiMap<String, HazelcastRegistrationInfo> registrations() {
    return manager(1).getHazelcastInstance().getMultiMap("__vertx.subs");
  }

  private static HazelcastRegistrationInfo registrationOfTheDead() {
    return new HazelcastRegistrationInfo(new RegistrationInfo("dead", 0, false));
  }

  private HazelcastClusterManager manager(int member) {
    return (HazelcastClusterManager) ((VertxInternal) members.get(member)).clusterManager();
  }
}
