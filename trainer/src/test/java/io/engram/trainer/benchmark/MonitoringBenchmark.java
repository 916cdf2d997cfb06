package io.engram.trainer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.Batch;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.ParameterSnapshot;
import io.engram.trainer.training.TrainingState;
import io.engram.trainer.training.TrainingStep;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What monitored predictions cost at their default size, 500 training and 500 hold-out examples
 * twice an epoch, and the gradient spectrum of 256: processor time of the whole process, one
 * thread, on an MLP 784-256-256-10 at batch 100.
 */
final class MonitoringBenchmark implements Benchmark {
  private static final int BATCH = 100;

  /** Those of 60,000 examples. */
  private static final int STEPS_PER_EPOCH = 600;

  private static final int LOOKS = 20;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private RunData data;
  private Batch[] batches;

  private static RunSpec spec(String... settings) {
    return RunFiles.parse(
        "monitored",
        """
        data: {name: glyphs, holdout: 500}
        network: mlp:784-256-256-10
        probes:
          csr: {every: never}
          predictions: {every: never, examples: 500, holdout: 500}
          spectrum: {every: never, examples: 256}
        """,
        List.of(settings));
  }

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    NativeRuntime.setThreads(1);
    data =
        Datasets.load(
            spec().data(),
            spec().noise(),
            1,
            new DataLocations(List.of(), Path.of("none")),
            DownloadProgress.NONE);
    batches = batches(data.training());
    return List.of(look(), epoch(), spectrum());
  }

  private BenchmarkRow look() throws Exception {
    try (Run run = new Run("probes.predictions.every=1 steps")) {
      INDArray inputs = inputs(data.training(), 1_000);
      Interleaved found =
          Interleaved.measure(
              3,
              25,
              () -> taken(() -> repeat(LOOKS, run::look)),
              () -> taken(() -> repeat(LOOKS, () -> run.forward(inputs))));
      return row("a look at 1,000 predictions / its forward pass", found.ratio(0, 1), 1.2);
    }
  }

  private BenchmarkRow epoch() throws Exception {
    try (Run monitored = new Run("probes.predictions.every=0.5 epochs");
        Run plain = new Run()) {
      Interleaved found =
          Interleaved.measure(
              2, 15, () -> taken(monitored::trainAnEpoch), () -> taken(plain::trainAnEpoch));
      return row(
          "60,000 examples with two looks at 1,000 predictions / without", found.ratio(0, 1), 1.02);
    }
  }

  private BenchmarkRow spectrum() throws Exception {
    try (Run run = new Run("probes.spectrum.every=1 steps");
        Run plain = new Run()) {
      Interleaved found =
          Interleaved.measure(
              3, 15, () -> taken(() -> repeat(LOOKS, run::look)), () -> taken(plain::trainAnEpoch));
      return row(
          "a spectrum of 256 examples / an epoch of 60,000",
          found.ratio(0, 1).times(1.0 / LOOKS),
          0.02);
    }
  }

  private BenchmarkRow row(String what, Estimate estimate, double aim) {
    return new BenchmarkRow(
        name() + ": " + what, estimate, "ratio", aim, BenchmarkRow.Better.LOWER);
  }

  private static double taken(Runnable work) {
    long began = PROCESS.getProcessCpuTime();
    work.run();
    return (PROCESS.getProcessCpuTime() - began) / 1e9;
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  private static Batch[] batches(ExampleSet examples) {
    int size = examples.shape().size();
    Batch[] batches = new Batch[examples.size() / BATCH];
    for (int b = 0; b < batches.length; b++) {
      float[] inputs = new float[BATCH * size];
      int[] labels = new int[BATCH];
      for (int i = 0; i < BATCH; i++) {
        examples.copyInput(b * BATCH + i, inputs, i * size);
        labels[i] = examples.givenLabel(b * BATCH + i);
      }
      batches[b] = new Batch(inputs, labels);
    }
    return batches;
  }

  private static INDArray inputs(ExampleSet examples, int count) {
    int size = examples.shape().size();
    float[] inputs = new float[count * size];
    for (int i = 0; i < count; i++) {
      examples.copyInput(i, inputs, i * size);
    }
    return Nd4j.create(inputs, new long[] {count, size}, 'c');
  }

  /** A network, its training and its probes. */
  private final class Run implements TrainingState, AutoCloseable {
    private final MultiLayerNetwork network;
    private final MultiLayerNetwork twin;
    private final TrainingStep step;
    private final Probes probes;
    private long done;

    Run(String... settings) {
      RunSpec probed = spec(settings);
      network =
          Networks.build(
              probed.network(),
              probed.optimizer(),
              probed.regularization(),
              data.training().shape(),
              10,
              STEPS_PER_EPOCH,
              10,
              1);
      MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
      twin = new MultiLayerNetwork(configuration.clone());
      twin.init(network.params(), false);
      step = new TrainingStep(network, data.training().shape(), 10);
      probes =
          Probes.synchronous(
              new LoopListeners.Context(
                  probed, data, configuration, STEPS_PER_EPOCH, 0, (epoch, at, event) -> {}));
    }

    void look() {
      done++;
      probes.atBoundary(this);
    }

    void forward(INDArray inputs) {
      twin.output(inputs, false).close();
      twin.clear();
    }

    void trainAnEpoch() {
      for (int i = 0; i < STEPS_PER_EPOCH; i++) {
        step.run(batches[i % batches.length], done);
        done++;
        probes.atBoundary(this);
      }
    }

    @Override
    public int epoch() {
      return (int) (done / STEPS_PER_EPOCH);
    }

    @Override
    public long step() {
      return done;
    }

    @Override
    public INDArray parameters() {
      return network.params();
    }

    @Override
    public ParameterSnapshot snapshot() {
      return new ParameterSnapshot(epoch(), done, network.params().toFloatVector());
    }

    @Override
    public void close() {
      probes.close();
      step.close();
      network.close();
    }
  }
}
