package io.engram.trainer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.training.Batch;
import io.engram.trainer.training.TrainingStep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A training step at batch 128 with plain SGD: measured, with the instruments off, as {@code
 * MultiLayerNetwork.fit}, and the first two in PyTorch. With one thread processor time of the whole
 * process counts (the collector and the compiler included), with two the wall clock.
 */
final class TrainingStepBenchmark implements Benchmark {
  private static final int BATCH = 128;
  private static final ImageShape SHAPE = new ImageShape(28, 28, 1);
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final String network;
  private final String shortName;
  private final int classes;
  private final int steps;
  private final int threads;

  /**
   * @param steps of one turn
   */
  private TrainingStepBenchmark(
      String network, String shortName, int classes, int steps, int threads) {
    this.network = network;
    this.shortName = shortName;
    this.classes = classes;
    this.steps = steps;
    this.threads = threads;
  }

  static List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      all.add(new TrainingStepBenchmark("mlp:784-256-16-2", "mlp-256-16", 2, 400, threads));
      all.add(new TrainingStepBenchmark("mlp:784-4096-4096-10", "mlp-4096-4096", 10, 4, threads));
      all.add(new TrainingStepBenchmark("cnn-c", "cnn-c", 2, 6, threads));
    }
    return all;
  }

  @Override
  public String name() {
    return "step " + shortName + (threads == 1 ? "" : ", %d threads".formatted(threads));
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    NativeRuntime.setThreads(threads);
    Batch batch = batch();
    MultiLayerNetwork fitted = build();
    INDArray inputs = Nd4j.create(batch.inputs(), Networks.inputShape(fitted, SHAPE, BATCH), 'c');
    INDArray labels = Nd4j.zeros(BATCH, classes);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, batch.labels()[i], 1);
    }
    try (PyTorch torch = pyTorch();
        TrainingStep measured = new TrainingStep(build(), SHAPE, classes);
        TrainingStep plain = new TrainingStep(build(), SHAPE, classes)) {
      List<Interleaved.Variant> variants = new ArrayList<>();
      variants.add(() -> taken(() -> fitted.fit(inputs, labels)));
      variants.add(() -> taken(() -> measured.run(batch, 1)));
      variants.add(() -> taken(() -> plain.runUnmeasured(batch, 1)));
      if (torch != null) {
        variants.add(() -> taken(torch, "measured"));
        variants.add(() -> taken(torch, "plain"));
      }
      Interleaved found = Interleaved.measure(3, 15, variants.toArray(new Interleaved.Variant[0]));
      List<BenchmarkRow> rows = new ArrayList<>();
      rows.add(ratio("measured / fit", found.ratio(1, 0), 1.05));
      if (torch != null) {
        rows.add(ratio("measured / PyTorch measured", found.ratio(1, 3), 1));
        rows.add(ratio("unmeasured / PyTorch plain", found.ratio(2, 4), 1.2));
      }
      return rows;
    }
  }

  private BenchmarkRow ratio(String what, Estimate estimate, double aim) {
    return new BenchmarkRow(
        name() + ": " + what, estimate, "ratio", aim, BenchmarkRow.Better.LOWER);
  }

  private @Nullable PyTorch pyTorch() {
    try {
      return new PyTorch(threads);
    } catch (IOException e) {
      System.out.println("not compared with PyTorch: " + e.getMessage());
      return null;
    }
  }

  private double taken(Runnable step) {
    long began = threads == 1 ? PROCESS.getProcessCpuTime() : System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    long ended = threads == 1 ? PROCESS.getProcessCpuTime() : System.nanoTime();
    return (ended - began) / 1e9;
  }

  private double taken(PyTorch torch, String mode) throws IOException {
    PyTorch.Taken taken = torch.steps(network, mode, steps);
    return threads == 1 ? taken.cpu() : taken.wall();
  }

  private MultiLayerNetwork build() {
    return Networks.build(
        NetworkSpec.of(network),
        OptimizerSpec.sgd(0.01),
        RegularizationSpec.NONE,
        SHAPE,
        classes,
        100,
        1,
        1);
  }

  private Batch batch() {
    Random random = new Random(1);
    float[] inputs = new float[BATCH * SHAPE.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % classes;
    }
    return new Batch(inputs, labels);
  }
}
