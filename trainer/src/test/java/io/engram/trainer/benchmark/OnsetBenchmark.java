package io.engram.trainer.benchmark;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.watch.Watches;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What all detectors together cost, without the monitored forwards: processor time that the
 * collector spends on them over an epoch's events, of which five are looks at 500 training and 500
 * hold-out examples and 100 canaries, over that of training the epoch. One thread each.
 */
final class OnsetBenchmark implements Benchmark {
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 20;
  private static final double MOST_COST = 1.01;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Override
  public String name() {
    return "onset";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    NativeRuntime.setThreads(1);
    RunSpec spec =
        RunFiles.parse(
            "onset",
            """
            data: {name: glyphs, training: 5000, validation: 100, holdout: 500}
            noise: {labels: {share: 0.4}}
            network: mlp:784-256-256-10
            training: {epochs: 1000, batch: 100}
            canaries: {count: 100}
            probes:
              csr: {every: never}
              spectrum: {every: never}
              predictions: {every: 10 steps, examples: 500, holdout: 500}
            """,
            List.of());
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            1,
            DataLocations.of(null, System.getenv()),
            DownloadProgress.NONE);
    Collected collected = new Collected();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, collected::keep, Probes::synchronous)) {
      double[][] rounds = new double[2][ROUNDS];
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        double training = taken(() -> epoch(loop));
        double detecting = collected.detect();
        if (round >= 0) {
          rounds[0][round] = training;
          rounds[1][round] = training + detecting;
        }
      }
      Estimate ratio = new Interleaved(rounds).ratio(1, 0);
      return List.of(
          new BenchmarkRow(
              "onset: all detectors and training / training",
              ratio,
              "ratio",
              MOST_COST,
              Better.LOWER));
    }
  }

  private static void epoch(TrainingLoop loop) {
    int epoch = loop.epoch();
    while (loop.epoch() == epoch) {
      loop.advance();
    }
    loop.advance();
  }

  private static double taken(Runnable work) {
    long began = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  /** Keeps a loop's events until they are applied. */
  private static final class Collected {
    private final Runs runs = new Runs(InstantSource.system());
    private final Watches watches = new Watches();
    private final List<EventEnvelope> waiting = new ArrayList<>();
    private final RunId run = new RunId("onset");
    private long sequence;
    private double spent;

    void keep(int epoch, long step, TrainingEvent event) {
      waiting.add(new EventEnvelope(run, 1, sequence++, epoch, step, sequence, event));
    }

    /** Applies all, and tells what the detectors took of it. */
    double detect() {
      spent = 0;
      runs.apply(
          new EventBatch(waiting, 0), applied -> spent += taken(() -> watches.update(applied)));
      waiting.clear();
      return spent;
    }
  }
}
