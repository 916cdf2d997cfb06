package io.engram.trainer.endtoend;

import io.engram.collector.SyntheticRun;
import io.engram.events.CheckpointSaved;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import io.engram.events.cluster.Cluster;
import io.engram.events.cluster.ClusterOptions;
import io.engram.events.wire.EventAddresses;
import io.engram.trainer.publish.Destination;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.SpoolOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Trains nothing: says over a real spool and a real bus what a made-up run says, with checkpoints,
 * from which it goes on when it was killed. Arguments: the run, a folder, its pace, those of the
 * cluster.
 */
final class LightTrainer {
  /** How many steps there are, how long it waits after each, and after how many it saves. */
  record Pace(int steps, int millis, int every) {
    static final Pace SHORT = new Pace(400, 40, 10);

    private static Pace of(String text) {
      String[] parts = text.split(",");
      return new Pace(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
      return "%d,%d,%d".formatted(steps, millis, every);
    }
  }

  private final SyntheticRun made = new SyntheticRun("light", 0.4, "dense0").withMonitoring(true);
  private final Pace pace;
  private final Path checkpoint;
  private final EventPublisher publisher;

  private LightTrainer(String run, Path folder, Pace pace) {
    this.pace = pace;
    checkpoint = folder.resolve(run + ".checkpoint");
    publisher =
        EventPublisher.spooling(
            new RunId(run),
            InstantSource.system(),
            new SpoolOptions(
                folder.resolve("spool").resolve(run), SpoolOptions.DEFAULT_QUOTA_BYTES),
            Destination.at(EventAddresses.EVENTS));
  }

  /** The class and its arguments. */
  static List<String> command(Path folder, String run, Pace pace, List<String> cluster) {
    List<String> command = new ArrayList<>(List.of(LightTrainer.class.getName()));
    command.addAll(List.of(run, folder.resolve("trainer/state").toString(), pace.toString()));
    command.addAll(cluster);
    return command;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    Path folder = Files.createDirectories(Path.of(given.get(1)));
    LightTrainer trainer = new LightTrainer(given.get(0), folder, Pace.of(given.get(2)));
    ClusterOptions cluster =
        ClusterOptions.ofHosts(
            after("--cluster-address", given),
            Integer.parseInt(after("--cluster-port", given)),
            List.of(after("--cluster-hosts", given).split(",")));
    Vertx vertx = Cluster.join(new VertxOptions(), cluster).await();
    trainer.publisher.start(vertx).await();
    trainer.train();
    int left = trainer.publisher.stop(Duration.ofMinutes(5)).await();
    vertx.close().await();
    System.exit(left == 0 ? 0 : 1);
  }

  private static String after(String name, List<String> arguments) {
    return arguments.get(arguments.indexOf(name) + 1);
  }

  private void train() throws Exception {
    int from = Files.exists(checkpoint) ? Integer.parseInt(Files.readString(checkpoint)) : -1;
    for (EventEnvelope envelope : made.start().envelopes()) {
      if (envelope.event() instanceof RunStarted header) {
        emit(Math.max(0, from), resumed(header, from));
      } else if (from < 0 || envelope.event() instanceof ExamplesDescribed) {
        emit(Math.max(0, from), envelope.event());
      }
    }
    for (int step = 0; step < pace.steps; step++) {
      List<EventEnvelope> said = new ArrayList<>(made.step().envelopes());
      if (step < from) {
        continue;
      }
      said.forEach(e -> publisher.emit(e.epoch(), e.step(), e.event()));
      if ((step + 1) % pace.every == 0) {
        save(step + 1);
        publisher.report(epoch(step + 1), step + 1, TrainerReported.State.RUNNING);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pace.millis));
    }
    emit(pace.steps, new RunFinished(Outcome.COMPLETED, ""));
  }

  private void save(int step) throws Exception {
    Path part = checkpoint.resolveSibling(checkpoint.getFileName() + ".part");
    Files.writeString(part, Integer.toString(step));
    emit(step, new CheckpointSaved(checkpoint.toString()));
    publisher.commit().get(1, TimeUnit.MINUTES);
    Files.move(part, checkpoint, StandardCopyOption.ATOMIC_MOVE);
  }

  private void emit(int step, TrainingEvent event) {
    publisher.emit(epoch(step), step, event);
  }

  private static int epoch(int step) {
    return step / SyntheticRun.STEPS_PER_EPOCH;
  }

  private static RunStarted resumed(RunStarted h, long from) {
    return new RunStarted(
        h.dataset(), h.noise(), h.network(), h.training(), h.device(), from, h.onset());
  }
}
