package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.events.CheckpointSaved;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import io.engram.events.cluster.Cluster;
import io.engram.events.cluster.ClusterOptions;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.Shards;
import io.engram.trainer.publish.SpoolOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several collectors as processes, and light trainers: real spools of made-up runs. */
@Timeout(300)
final class ShardsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int STRETCH = 4 * SyntheticRun.STEPS_PER_EPOCH;

  /** A shard just started may be slow to answer; half of the runs would be its own. */
  private static final int MOST_NEW = 12;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, TrainerProcess> collectors = new TreeMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final List<MadeUpTrainer> trainers = new ArrayList<>();
  private final List<Vertx> members = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (Vertx member : members) {
      member.close().await();
    }
    for (TrainerProcess collector : collectors.values()) {
      collector.close();
    }
  }

  @Test
  void aRunStaysWithItsShardForLife() throws Exception {
    for (String shard : List.of("a", "b", "c")) {
      ports.put(shard, Ports.free());
    }
    beginCollector("a");
    beginCollector("b");
    for (String run : List.of("one", "two", "three")) {
      MadeUpTrainer trainer = new MadeUpTrainer(run, join());
      trainer.begin();
      trainer.train();
    }
    Map<String, String> shardOfRun =
        Poll.until(LIMIT, this::shardOfRun, all -> all.size() == trainers.size());
    assertThat(shardOfRun.values()).as("each shard has runs").contains("a", "b");

    collectors.remove("a").kill();
    beginCollector("c");
    for (MadeUpTrainer trainer : trainers) {
      trainer.train();
      trainer.resume();
      trainer.train();
    }
    int before = trainers.size();
    String taken = "";
    for (int i = 0; i < MOST_NEW && !taken.equals("c"); i++) {
      MadeUpTrainer trainer = new MadeUpTrainer("new-" + i, members.get(0));
      trainer.begin();
      trainer.train();
      taken = Poll.until(LIMIT, trainer::notedShard, shard -> !shard.isEmpty());
    }
    assertThat(trainers.subList(before, trainers.size()))
        .extracting(MadeUpTrainer::notedShard)
        .as("one of the new runs is at the new shard, none at the dead one")
        .contains("c")
        .doesNotContain("a");

    beginCollector("a");
    for (MadeUpTrainer trainer : trainers) {
      trainer.finish();
    }

    assertThat(shardOfRun()).containsAllEntriesOf(shardOfRun).hasSize(trainers.size());
    for (MadeUpTrainer trainer : trainers) {
      assertThat(shardOfRun()).containsEntry(trainer.name, trainer.notedShard());
      JsonObject run = get(trainer.notedShard(), "/api/v1/runs/" + trainer.name);
      JsonObject seen = run.getJsonObject("run");
      JsonObject progress = seen.getJsonObject("progress");
      assertThat(seen.getString("state")).isEqualTo("completed");
      assertThat(seen.getJsonObject("delivery").getLong("missed")).isZero();
      assertThat(progress.getLong("steps") - progress.getLong("stepsRedone"))
          .isEqualTo(trainer.steps);
    }
  }

  /** Fails where a run is at two shards. */
  private Map<String, String> shardOfRun() throws Exception {
    Map<String, String> shards = new TreeMap<>();
    for (String shard : collectors.keySet()) {
      for (Object run : get(shard, "/api/v1/runs").getJsonArray("runs")) {
        String name = ((JsonObject) run).getString("run");
        assertThat(shards.put(name, shard)).as(name).isNull();
      }
    }
    return shards;
  }

  private JsonObject get(String shard, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(collectors.get(shard).port(), path));
    return new JsonObject(
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private void beginCollector(String shard) throws Exception {
    collectors.put(
        shard,
        TrainerProcess.startCollector(
            Files.createDirectories(folder.resolve("collector-" + shard)),
            "--bus",
            "clustered",
            "--shard",
            shard,
            "--cluster-hosts",
            String.join(",", hosts()),
            "--cluster-port",
            ports.get(shard).toString()));
  }

  private Vertx join() throws Exception {
    Vertx member =
        Cluster.join(new VertxOptions(), ClusterOptions.ofHosts("127.0.0.1", Ports.free(), hosts()))
            .await();
    members.add(member);
    return member;
  }

  private List<String> hosts() {
    return ports.values().stream().map(port -> "127.0.0.1:" + port).toList();
  }

  /** What a trainer does of a run, without a network. */
  private final class MadeUpTrainer {
    private final String name;
    private final Vertx member;
    private final Path spool;
    private final SyntheticRun run;
    private final List<EventEnvelope> start;
    private EventPublisher publisher;
    private int steps;

    MadeUpTrainer(String name, Vertx member) {
      this.name = name;
      this.member = member;
      this.spool = folder.resolve("spool").resolve(name);
      this.run = new SyntheticRun(name, 0.4, "dense0");
      this.start = run.start().envelopes();
      trainers.add(this);
    }

    void begin() {
      RunId id = new RunId(name);
      publisher =
          EventPublisher.spooling(
              id,
              InstantSource.system(),
              new SpoolOptions(spool, SpoolOptions.DEFAULT_QUOTA_BYTES),
              new Shards().destination(id, spool));
      publisher.start(member).await();
      start.forEach(envelope -> emit(began(envelope.event())));
    }

    private TrainingEvent began(TrainingEvent event) {
      return event instanceof RunStarted h && steps > 0
          ? new RunStarted(
              h.dataset(), h.noise(), h.network(), h.training(), h.device(), steps, h.onset())
          : event;
    }

    /** A stretch that ends with a checkpoint. */
    void train() throws Exception {
      for (int i = 0; i < STRETCH; i++) {
        run.step().envelopes().forEach(envelope -> emit(envelope.event()));
        steps++;
      }
      emit(new CheckpointSaved("x"));
      publisher.commit().get(20, TimeUnit.SECONDS);
    }

    /** Ends as on SIGTERM, and goes on from the checkpoint, delivered or not. */
    void resume() {
      publisher.stop(Duration.ofMillis(20)).await();
      begin();
    }

    void finish() {
      emit(new RunFinished(RunFinished.Outcome.COMPLETED, ""));
      assertThat(publisher.stop(LIMIT).await()).as(name).isZero();
    }

    private void emit(TrainingEvent event) {
      if (steps == 0 || !(event instanceof ExamplesDescribed)) {
        publisher.emit(steps / SyntheticRun.STEPS_PER_EPOCH, steps, event);
      }
    }

    /** Empty as long as there is none. */
    String notedShard() {
      try {
        return Files.readString(spool.resolve("shard")).strip();
      } catch (IOException e) {
        return "";
      }
    }
  }
}
