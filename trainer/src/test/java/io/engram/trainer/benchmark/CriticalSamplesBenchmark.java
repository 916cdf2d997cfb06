package io.engram.trainer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.model.Networks;
import io.engram.trainer.probe.critical.BarePasses;
import io.engram.trainer.probe.critical.CriticalSamples;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * A search around 1,000 examples at the paper's radius, of which next to none has a critical
 * sample: against the same search in PyTorch, which takes its noise from a table as well and
 * computes no gradient by a parameter, and against its own 11 forward and 10 backward passes.
 * Processor time of the whole process, one thread.
 */
final class CriticalSamplesBenchmark implements Benchmark {
  private static final int EXAMPLES = 1_000;
  private static final int ITERATIONS = 10;
  private static final ImageShape SHAPE = new ImageShape(28, 28, 1);
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final String network;
  private final String shortName;
  private final int classes;
  private final int searches;
  private final int rounds;

  /**
   * @param searches of one turn
   */
  private CriticalSamplesBenchmark(
      String network, String shortName, int classes, int searches, int rounds) {
    this.network = network;
    this.shortName = shortName;
    this.classes = classes;
    this.searches = searches;
    this.rounds = rounds;
  }

  static List<Benchmark> all() {
    return List.of(
        new CriticalSamplesBenchmark("mlp:784-256-16-2", "mlp-256-16", 2, 5, 15),
        new CriticalSamplesBenchmark("cnn-c", "cnn-c", 2, 1, 7),
        new CriticalSamplesBenchmark("mlp:784-4096-4096-10", "mlp-4096-4096", 10, 1, 5));
  }

  @Override
  public String name() {
    return "search " + shortName;
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    NativeRuntime.setThreads(1);
    MultiLayerNetwork built =
        Networks.build(
            NetworkSpec.of(network),
            OptimizerSpec.sgd(0.01),
            RegularizationSpec.NONE,
            SHAPE,
            classes,
            100,
            1,
            1);
    float[] parameters = built.params().toFloatVector();
    int[] ids = IntStream.range(0, EXAMPLES).toArray();
    float[] inputs = new float[EXAMPLES * SHAPE.size()];
    Random random = new Random(1);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    try (PyTorch torch = pyTorch();
        CriticalSamples samples =
            new CriticalSamples(built.getLayerWiseConfigurations(), SHAPE, 1, 1)) {
      samples.load(parameters);
      List<Interleaved.Variant> variants = new ArrayList<>();
      variants.add(
          () ->
              taken(
                  () ->
                      samples.search(
                          0,
                          ids,
                          inputs,
                          new double[] {1},
                          ITERATIONS,
                          (example, radius, iteration, at, offset) -> {})));
      Runnable passes = passes(built, parameters);
      variants.add(() -> taken(passes));
      if (torch != null) {
        variants.add(() -> torch.steps(network, "search", searches).cpu());
      }
      Interleaved found =
          Interleaved.measure(2, rounds, variants.toArray(new Interleaved.Variant[0]));
      List<BenchmarkRow> rows = new ArrayList<>();
      rows.add(ratio("search / its passes", found.ratio(0, 1), 1.2));
      if (torch != null) {
        rows.add(ratio("search / PyTorch", found.ratio(0, 2), 1));
      }
      return rows;
    }
  }

  private Runnable passes(MultiLayerNetwork built, float[] parameters) {
    if (!network.startsWith("mlp:")) {
      return BarePasses.layers(
          built.getLayerWiseConfigurations(),
          SHAPE,
          classes,
          parameters,
          EXAMPLES,
          ITERATIONS + 1,
          ITERATIONS);
    }
    int[] sizes =
        Arrays.stream(Pattern.compile("[:-]").split(network.substring(4)))
            .mapToInt(Integer::parseInt)
            .toArray();
    return () -> BarePasses.products(EXAMPLES, ITERATIONS + 1, ITERATIONS, sizes);
  }

  private BenchmarkRow ratio(String what, Estimate estimate, double aim) {
    return new BenchmarkRow(
        name() + ": " + what, estimate, "ratio", aim, BenchmarkRow.Better.LOWER);
  }

  private static @Nullable PyTorch pyTorch() {
    try {
      return new PyTorch(1);
    } catch (IOException e) {
      System.out.println("not compared with PyTorch: " + e.getMessage());
      return null;
    }
  }

  private double taken(Runnable search) {
    long began = PROCESS.getProcessCpuTime();
    for (int i = 0; i < searches; i++) {
      search.run();
    }
    return (PROCESS.getProcessCpuTime() - began) / 1e9;
  }
}
