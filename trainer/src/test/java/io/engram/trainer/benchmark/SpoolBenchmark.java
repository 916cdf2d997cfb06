package io.engram.trainer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.EventParcelCodec;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.publish.Destination;
import io.engram.trainer.publish.EventPublisher;
import io.engram.trainer.publish.SpoolOptions;
import io.engram.trainer.training.TrainingLoop;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What a spool costs a run: training with its events by way of a spool on disk, over training with
 * them from memory. Somebody takes both at once and does nothing with them, so that the trainer's
 * side alone is measured.
 */
final class SpoolBenchmark implements Benchmark {
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 25;
  private static final int EPOCHS = 4;
  private static final double MOST_COST = 1.01;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @Override
  public String name() {
    return "spool";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    GlyphsRun run = GlyphsRun.load();
    Path dir = Files.createTempDirectory("engram-spool-benchmark");
    Vertx vertx = Vertx.vertx();
    try {
      take(vertx);
      EventPublisher memory = new EventPublisher(new RunId("memory"), InstantSource.system());
      EventPublisher spool =
          EventPublisher.spooling(
              new RunId("spool"),
              InstantSource.system(),
              new SpoolOptions(dir, SpoolOptions.DEFAULT_QUOTA_BYTES),
              Destination.at(EventAddresses.EVENTS));
      memory.start(vertx).await();
      spool.start(vertx).await();
      try (TrainingLoop without = TrainingLoop.start(run.spec(), run.data(), memory::emit);
          TrainingLoop with = TrainingLoop.start(run.spec(), run.data(), spool::emit)) {
        double[][] wall = new double[2][ROUNDS];
        double[][] thread = new double[2][ROUNDS];
        double[][] process = new double[2][ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
          for (int turn = 0; turn < 2; turn++) {
            int variant = Math.floorMod(round + turn, 2);
            double[] took = epochs(variant == 0 ? without : with);
            if (round >= 0) {
              wall[variant][round] = took[0];
              thread[variant][round] = took[1];
              process[variant][round] = took[2];
            }
          }
        }
        if (!spool.dropped().isEmpty() || !memory.dropped().isEmpty()) {
          throw new IllegalStateException("dropped " + spool.dropped() + memory.dropped());
        }
        return List.of(
            row("wall time", wall), row("its thread", thread), row("the process", process));
      } finally {
        memory.stop(Duration.ofSeconds(10)).await();
        spool.stop(Duration.ofSeconds(10)).await();
      }
    } finally {
      vertx.close().await();
    }
  }

  private static void take(Vertx vertx) {
    EventBatchCodec.register(vertx.eventBus());
    EventParcelCodec.register(vertx.eventBus());
    vertx
        .eventBus()
        .consumer(
            EventAddresses.EVENTS,
            message -> {
              if (message.body() instanceof EventParcel parcel) {
                message.reply(parcel.last());
              } else {
                List<EventEnvelope> events = ((EventBatch) message.body()).envelopes();
                message.reply(events.get(events.size() - 1).sequence());
              }
            });
  }

  private BenchmarkRow row(String of, double[][] rounds) {
    return new BenchmarkRow(
        "spool: training with / without, " + of,
        new Interleaved(rounds).ratio(1, 0),
        "ratio",
        MOST_COST,
        Better.LOWER);
  }

  /** Wall time, processor time of this thread, and of the process. */
  private static double[] epochs(TrainingLoop loop) {
    long wall = System.nanoTime();
    long thread = THREADS.getCurrentThreadCpuTime();
    long process = PROCESS.getProcessCpuTime();
    GlyphsRun.train(loop, EPOCHS);
    return new double[] {
      System.nanoTime() - wall,
      THREADS.getCurrentThreadCpuTime() - thread,
      PROCESS.getProcessCpuTime() - process
    };
  }
}
