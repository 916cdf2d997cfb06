package io.engram.trainer.benchmark;

import io.engram.events.EventBatch;
import io.engram.events.TrainingEvent;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.publish.EventPublisher;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long the training thread is kept by one emitted event, 99.9th percentile: with a collector
 * that answers, with one that has stopped answering, and with none. A step takes 200 µs and emits
 * three events; where nobody answers, the queue fills up on the way and both of its states are in
 * the number.
 */
final class EmitBenchmark implements Benchmark {
  private static final int EXAMPLES = 60_000;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 10;
  private static final int STEPS = 5_000;
  private static final long STEP_NANOS = 200_000;
  private static final double PERCENTILE = 99.9;
  private static final double AIM_MICROS = 10;

  /** Makes a bus on which the collector is as it is meant to be. */
  @FunctionalInterface
  private interface Collector {
    void start(Vertx vertx) throws Exception;
  }

  @Override
  public String name() {
    return "emit";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    return List.of(
        row("alive", LiveCollector::deploy), row("frozen", this::freeze), row("dead", vertx -> {}));
  }

  private void freeze(Vertx vertx) {
    vertx.eventBus().<EventBatch>consumer(EventAddresses.EVENTS, unanswered -> {});
  }

  private BenchmarkRow row(String state, Collector collector) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      EventBatchCodec.register(vertx.eventBus());
      collector.start(vertx);
      SyntheticRun run = new SyntheticRun("emit-" + state, EXAMPLES);
      EventPublisher publisher = new EventPublisher(run.run(), InstantSource.system());
      publisher.start(vertx).await();
      run.opening().forEach(event -> publisher.emit(0, 0, event));
      List<Histogram> rounds = new ArrayList<>();
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        Histogram nanos = round(run, publisher, (long) (round + WARM_UPS) * STEPS);
        if (round >= 0) {
          rounds.add(nanos);
        }
      }
      return new BenchmarkRow(
          "emit p99.9, collector " + state,
          Estimate.percentile(rounds, PERCENTILE).times(1e-3),
          "µs",
          AIM_MICROS,
          Better.LOWER);
    } finally {
      vertx.close().await();
    }
  }

  private static Histogram round(SyntheticRun run, EventPublisher publisher, long firstStep) {
    Histogram nanos = new Histogram(3);
    for (long step = firstStep; step < firstStep + STEPS; step++) {
      long started = System.nanoTime();
      for (TrainingEvent event : run.step(step)) {
        long before = System.nanoTime();
        publisher.emit(0, step, event);
        nanos.recordValue(System.nanoTime() - before);
      }
      while (System.nanoTime() - started < STEP_NANOS) {
        Thread.onSpinWait();
      }
    }
    return nanos;
  }
}
