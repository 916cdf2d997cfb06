package io.engram.trainer.benchmark;

import io.engram.events.RunId;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.EventParcelCodec;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.publish.Destination;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.SpoolOptions;
import io.engram.trainer.training.TrainingLoop;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run notices of its collector: wall time of training, by way of a spool on disk, with
 * somebody who never answers or with nobody there, over training with somebody who answers at once
 * and does nothing else.
 */
final class AwayBenchmark implements Benchmark {
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 25;
  private static final int EPOCHS = 4;
  private static final double MOST_COST = 1.01;
  private static final List<String> COLLECTORS = List.of("alive", "frozen", "dead");

  @Override
  public String name() {
    return "away";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    GlyphsRun run = GlyphsRun.load();
    Path dir = Files.createTempDirectory("engram-away-benchmark");
    Vertx vertx = Vertx.vertx();
    List<EventPublisher> publishers = new ArrayList<>();
    List<TrainingLoop> loops = new ArrayList<>();
    try {
      EventParcelCodec.register(vertx.eventBus());
      vertx.eventBus().<EventParcel>consumer("alive", parcel -> parcel.reply(parcel.body().last()));
      vertx.eventBus().<EventParcel>consumer("frozen", parcel -> {});
      for (String collector : COLLECTORS) {
        EventPublisher publisher = publisher(collector, dir);
        publisher.start(vertx).await();
        publishers.add(publisher);
        loops.add(TrainingLoop.start(run.spec(), run.data(), publisher::emit));
      }
      Interleaved wall =
          Interleaved.measure(
              WARM_UPS,
              ROUNDS,
              () -> epochs(loops.get(0)),
              () -> epochs(loops.get(1)),
              () -> epochs(loops.get(2)));
      return List.of(row(wall, 1), row(wall, 2));
    } finally {
      loops.forEach(TrainingLoop::close);
      publishers.forEach(publisher -> publisher.stop(Duration.ofSeconds(1)).await());
      vertx.close().await();
    }
  }

  private static EventPublisher publisher(String collector, Path dir) {
    return EventPublisher.spooling(
        new RunId(collector),
        InstantSource.system(),
        new SpoolOptions(dir.resolve(collector), SpoolOptions.DEFAULT_QUOTA_BYTES),
        Destination.at(collector));
  }

  private static BenchmarkRow row(Interleaved wall, int variant) {
    return new BenchmarkRow(
        "training, collector %s / alive".formatted(COLLECTORS.get(variant)),
        wall.ratio(variant, 0),
        "ratio",
        MOST_COST,
        Better.LOWER);
  }

  private static double epochs(TrainingLoop loop) {
    long begin = System.nanoTime();
    GlyphsRun.train(loop, EPOCHS);
    return System.nanoTime() - begin;
  }
}
