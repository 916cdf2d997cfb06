package io.engram.trainer.benchmark;

import io.engram.events.EpochCompleted;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.svalidation.Workers;
import io.engram.trainer.training.TrainingLoop;
import java.util.List;
import java.util.Map;

/**
 * Training's wall time with s-validation on a worker at every checkpoint of a logarithmic grid over
 * that without: 500 epochs of 2,000 examples of two classes, Chaibub Neto's network a, on one
 * thread while another core is idle. Other probes are off.
 */
final class SValidatedRunBenchmark implements Benchmark {
  private static final String RUN =
      """
      data: {name: glyphs, classes: [4, 9], training: 2000, validation: 400}
      network: mlp-a
      optimizer: {learning_rate: 0.01}
      training: {epochs: 500, batch: 128}
      probes:
        csr: {every: never}
        predictions: {every: never}
        spectrum: {every: never}
        svalidation: {every: %s, profile: fast, confirm: false}
      """;
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "svalidation in a run";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    RunSpec without = RunFiles.parse("benchmark", RUN.formatted("never"), List.of());
    RunSpec with = RunFiles.parse("benchmark", RUN.formatted("logarithmic"), List.of());
    RunData data =
        Datasets.load(
            with.data(), with.noise(), 1, DataLocations.of(null, Map.of()), DownloadProgress.NONE);
    Interleaved wall =
        Interleaved.measure(1, ROUNDS, () -> wall(without, data), () -> wall(with, data));
    return List.of(
        new BenchmarkRow(
            name() + ": wall time with / without",
            wall.ratio(1, 0),
            "ratio",
            1.05,
            BenchmarkRow.Better.LOWER));
  }

  /** Until the last evaluation; what is measured then costs the run no time. */
  private static double wall(RunSpec spec, RunData data) {
    long[] trained = new long[1];
    long began = System.nanoTime();
    try (Workers workers = new Workers(1);
        TrainingLoop loop =
            TrainingLoop.start(
                spec,
                data,
                (epoch, step, event) -> {
                  if (event instanceof EpochCompleted) {
                    trained[0] = System.nanoTime();
                  }
                },
                context -> Probes.of(context, new LocalScorer(workers)))) {
      while (loop.advance()) {}
    }
    return (trained[0] - began) / 1e9;
  }
}
