package io.engram.trainer.benchmark;

import io.engram.collector.watch.Watches;
import io.engram.events.EventBatch;
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
    LoopEvents events = new LoopEvents("onset");
    Watches watches = new Watches();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, events::keep, Probes::synchronous)) {
      double[][] rounds = new double[2][ROUNDS];
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        double training = OneThread.taken(() -> OneThread.epoch(loop));
        double detecting = detect(events, watches);
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

  /** Applies all, and tells what the detectors took of it. */
  private static double detect(LoopEvents events, Watches watches) {
    double[] spent = new double[1];
    events.runs.apply(
        new EventBatch(events.waiting, 0),
        applied -> spent[0] += OneThread.taken(() -> watches.update(applied)));
    events.waiting.clear();
    return spent[0];
  }
}
