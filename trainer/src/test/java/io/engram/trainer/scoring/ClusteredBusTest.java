package io.engram.trainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.ScoringTask;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client on one member of a cluster, the scorer on another. */
@Timeout(120)
final class ClusteredBusTest {
  private static final String LOOPBACK = "127.0.0.1";

  @Test
  void scoresCrossTheNetworkAndAMemberThatLeavesIsNoticed() throws Exception {
    HazelcastClusterManager first = new HazelcastClusterManager(configuration());
    Vertx client = member(first);
    Config second = configuration();
    Address known = first.getHazelcastInstance().getCluster().getLocalMember().getAddress();
    second
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .addMember(known.getHost() + ":" + known.getPort());
    Vertx server = member(new HazelcastClusterManager(second));
    try {
      HeldScorer held = new HeldScorer();
      server.deployVerticle(new SValidationVerticle(held)).await();
      ScoringTask task = severalChunks();
      held.permits.release();

      assertThat(new BusScorer(client).score(task)).isEqualTo(HeldScorer.scores(task));

      FutureTask<?> left = new FutureTask<>(() -> new BusScorer(client).score(task));
      new Thread(left, "client").start();
      while (held.begun.size() < 2) {
        Thread.onSpinWait();
      }
      server.close().await();
      assertThatThrownBy(() -> left.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ScorerException.class);
    } finally {
      server.close().await();
      client.close().await();
    }
  }

  private static ScoringTask severalChunks() {
    int rows = 20_001;
    float[] values = new float[rows * 16];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Features features = new Features(rows, 16, values);
    assertThat(features.values().length * Float.BYTES).isGreaterThan(TaskRequest.MOST_BYTES);
    int[] labels = random.ints(rows, 0, 2).toArray();
    return new ScoringTask(
        features, List.of(features), labels, features, labels, 2, NullProfile.FAST, 9);
  }

  private static Vertx member(HazelcastClusterManager manager) {
    return Vertx.builder()
        .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost(LOOPBACK)))
        .withClusterManager(manager)
        .buildClustered()
        .await();
  }

  /** Nothing is sent but over the loopback interface, and no other cluster is looked for. */
  private static Config configuration() {
    Config config = new Config();
    config.setClusterName("engram-test-" + ProcessHandle.current().pid());
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(15_701).setPublicAddress(LOOPBACK);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(LOOPBACK);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
    return config;
  }
}
