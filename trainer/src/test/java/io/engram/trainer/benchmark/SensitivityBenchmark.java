package io.engram.trainer.benchmark;

import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.probe.sensitivity.Perceptron;
import io.engram.trainer.probe.sensitivity.Sensitivity;
import io.engram.trainer.probe.sensitivity.TrainingRows;
import io.engram.trainer.probe.sensitivity.Trajectory;
import io.engram.trainer.probe.sensitivity.TrajectoryRecorder;
import io.engram.trainer.probe.sensitivity.Unroll;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.LoopListener;
import io.engram.trainer.training.TrainingLoop;
import io.engram.trainer.training.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Processor time of unrolled loss-sensitivity with its class matrix, on one thread: 1,000 examples
 * of 14 x 14 pixels, two layers of 16 units, at ten of 1,200 steps. Training is not counted.
 */
final class SensitivityBenchmark implements Benchmark {
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 3;
  private static final int POINTS = 10;
  private static final double AIM_SECONDS = 20;
  private static final double RATE = 0.1;
  private static final String RUN =
      """
      data: {name: %s, pool: 2, training: 1000, validation: 1000}
      network: mlp-16x16
      optimizer: {name: sgd, learning_rate: 0.1}
      training: {epochs: 60, batch: 50}
      """;

  @Override
  public String name() {
    return "unrolled sensitivity";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    DataLocations locations = DataLocations.of(null, System.getenv());
    String dataset =
        new ExperimentContext(Parameters.of(List.of(), Map.of()), null, locations, Progress.NONE)
            .dataset();
    RunSpec spec = RunFiles.parse("benchmark", RUN.formatted(dataset), List.of());
    RunData data =
        Datasets.load(
            spec.data(), spec.noise(), spec.canaries(), 1, locations, DownloadProgress.NONE);
    Perceptron network = new Perceptron(false, data.training().shape().size(), 16, 16, 10);
    int[] all = IntStream.range(0, data.training().size()).toArray();
    Unroll unroll = new Unroll(network, TrainingRows.of(data.training()), 0, all, true);
    try (Recording recording = new Recording(network.parameters())) {
      try (TrainingLoop loop =
          TrainingLoop.start(spec, data, (epoch, step, event) -> {}, context -> recording)) {
        while (loop.advance()) {}
      }
      Trajectory trajectory = recording.recorder.view(recording.last);
      long[] steps =
          LongStream.rangeClosed(1, POINTS).map(i -> i * trajectory.end() / POINTS).toArray();
      Interleaved found =
          Interleaved.measure(WARM_UPS, ROUNDS, () -> seconds(unroll, trajectory, steps));
      return List.of(
          new BenchmarkRow(
              "%s, %s".formatted(name(), dataset),
              found.median(0),
              "s",
              AIM_SECONDS,
              Better.LOWER));
    }
  }

  private static double seconds(Unroll unroll, Trajectory trajectory, long[] steps) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    List<Sensitivity> measured = unroll.measure(trajectory, steps, Long.MAX_VALUE);
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    if (measured.stream().anyMatch(Sensitivity::diverged)) {
      throw new IllegalStateException("an adjoint exploded");
    }
    return nanos * 1e-9;
  }

  private static final class Recording implements LoopListener {
    private final TrajectoryRecorder recorder;
    private float[] last = {};

    private Recording(int parameters) {
      recorder = new TrajectoryRecorder(parameters, 0, Long.MAX_VALUE, 1L << 28, 0);
    }

    @Override
    public void beforeStep(TrainingState state, int[] rows) {
      try {
        recorder.record(state.snapshot().parameters(), rows, (float) RATE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void atBoundary(TrainingState state) {
      last = state.snapshot().parameters();
    }

    @Override
    public boolean settle() {
      return false;
    }

    @Override
    public void close() {}
  }
}
