package io.engram.trainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
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
    Vertx server = join(first);
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

  @Test
  void ofSeveralScorersTheOneThatTookATaskGetsAllOfIt() throws Exception {
    HazelcastClusterManager first = new HazelcastClusterManager(configuration());
    Vertx here = member(first);
    Vertx there = join(first);
    try {
      List<HeldScorer> scorers = List.of(new HeldScorer(), new HeldScorer());
      here.deployVerticle(new SValidationVerticle(scorers.get(0))).await();
      there.deployVerticle(new SValidationVerticle(scorers.get(1))).await();
      scorers.forEach(scorer -> scorer.permits.release(4));
      List<ScoringTask> tasks = new ArrayList<>();
      List<FutureTask<Scores>> asked = new ArrayList<>();
      for (int seed = 1; seed <= 4; seed++) {
        ScoringTask task = severalChunks(seed);
        BusScorer client = new BusScorer(seed % 2 == 0 ? here : there);
        FutureTask<Scores> scores = new FutureTask<>(() -> client.score(task));
        tasks.add(task);
        asked.add(scores);
        new Thread(scores, "client").start();
      }
      for (int i = 0; i < tasks.size(); i++) {
        assertThat(asked.get(i).get(60, TimeUnit.SECONDS))
            .isEqualTo(HeldScorer.scores(tasks.get(i)));
      }
      assertThat(scorers).allSatisfy(scorer -> assertThat(scorer.begun).isNotEmpty());
      assertThat(scorers.stream().flatMap(scorer -> scorer.begun.stream()))
          .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    } finally {
      there.close().await();
      here.close().await();
    }
  }

  private static Vertx join(HazelcastClusterManager first) {
    Config second = configuration();
    Address known = first.getHazelcastInstance().getCluster().getLocalMember().getAddress();
    second
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .addMember(known.getHost() + ":" + known.getPort());
    return member(new HazelcastClusterManager(second));
  }

  private static ScoringTask severalChunks() {
    return severalChunks(9);
  }

  private static ScoringTask severalChunks(long seed) {
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
        features, List.of(features), labels, features, labels, 2, NullProfile.FAST, seed);
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
