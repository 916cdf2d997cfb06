package io.engram.trainer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.engram.events.EpochCompleted;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingLoop;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the search for critical samples costs a run of 50 epochs of 10,000 examples, as it is by
 * default: its share of the processor time, measured on the run's own thread; and training's wall
 * time with the search on a worker over that without, while a core is idle.
 */
final class ProbedRunBenchmark implements Benchmark {
  private static final String RUN =
      """
      data: {name: glyphs, training: 10000, validation: 2000}
      network: mlp:784-256-16-10
      training: {epochs: %d}
      probes: {predictions: {every: never}, spectrum: {every: never}, unrolled: {every: never}, truncated: {every: never}}
      """;
  private static final int SHARE_ROUNDS = 3;
  private static final int WALL_ROUNDS = 9;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @Override
  public String name() {
    return "csr in a run";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    RunSpec whole = spec(50);
    RunData data =
        Datasets.load(
            whole.data(),
            whole.noise(),
            1,
            DataLocations.of(null, Map.of()),
            DownloadProgress.NONE);
    double[] shares = new double[SHARE_ROUNDS];
    for (int round = 0; round < SHARE_ROUNDS; round++) {
      shares[round] = share(whole, data);
    }
    RunSpec without = spec(10, "probes.csr.every=never");
    RunSpec with = spec(10);
    Interleaved wall =
        Interleaved.measure(1, WALL_ROUNDS, () -> wall(without, data), () -> wall(with, data));
    return List.of(
        new BenchmarkRow(
            name() + ": share of processor time",
            Estimate.median(shares),
            "ratio",
            0.05,
            BenchmarkRow.Better.LOWER),
        new BenchmarkRow(
            name() + ": wall time with / without",
            wall.ratio(1, 0),
            "ratio",
            1.05,
            BenchmarkRow.Better.LOWER));
  }

  private static RunSpec spec(int epochs, String... settings) {
    return RunFiles.parse("benchmark", RUN.formatted(epochs), List.of(settings));
  }

  private static double share(RunSpec spec, RunData data) {
    List<Timed> listeners = new ArrayList<>();
    LoopListeners timed =
        context -> {
          Timed listener = new Timed(Probes.synchronous(context), PROCESS::getProcessCpuTime);
          listeners.add(listener);
          return listener;
        };
    long began = PROCESS.getProcessCpuTime();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, (epoch, step, event) -> {}, timed)) {
      while (loop.advance()) {}
    }
    return (double) listeners.get(0).nanos() / (PROCESS.getProcessCpuTime() - began);
  }

  /** Until the last evaluation; what is measured then costs the run no time. */
  private static double wall(RunSpec spec, RunData data) {
    long[] trained = new long[1];
    long began = System.nanoTime();
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            (epoch, step, event) -> {
              if (event instanceof EpochCompleted) {
                trained[0] = System.nanoTime();
              }
            },
            context -> Probes.of(context, LocalScorer.onAllCores()))) {
      while (loop.advance()) {}
    }
    return (trained[0] - began) / 1e9;
  }
}
