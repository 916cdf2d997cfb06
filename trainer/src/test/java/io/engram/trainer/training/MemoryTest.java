package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.RegularizationSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The memory of a long run stays where it was: processes of their own with a fixed, touched heap of
 * 512 MiB, so that only memory outside the heap can grow.
 */
@EnabledOnOs(OS.LINUX)
final class MemoryTest {
  private static final int POINTS = 20;

  /** In the first half the compiler's own memory still grows. */
  @Test
  void residentMemoryIsFlatOverTwentyThousandSteps() throws Exception {
    List<Double> curve = residentMebibytes(20_000, 14, 32);
    double warm = curve.get(POINTS / 2 - 1);
    assertThat(curve.subList(POINTS / 2, POINTS))
        .allSatisfy(mebibytes -> assertThat(mebibytes).isLessThan(warm + 8));
  }

  /**
   * With the collector forbidden to free native memory, a step that left one array of inputs (392
   * KiB) behind would grow by it. ND4J's own small descriptors, some 30 KiB a step, are allowed
   * for.
   */
  @Test
  void noArrayWaitsForTheCollector() throws Exception {
    List<Double> curve = residentMebibytes(600, 28, 128, "-Dorg.bytedeco.javacpp.nopointergc=true");
    double kibibytesPerStep = (curve.get(POINTS - 1) - curve.get(POINTS / 2 - 1)) * 1024 / 300;
    assertThat(kibibytesPerStep).isLessThan(100);
  }

  private static List<Double> residentMebibytes(
      int steps, int edge, int examples, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MemoryTest.class.getName());
    for (int argument : new int[] {steps, edge, examples}) {
      command.add(String.valueOf(argument));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Double> curve = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("step ")) {
          System.out.println(line);
          curve.add(Double.parseDouble(line.split(" ")[3]));
        }
      }
    }
    assertThat(process.waitFor()).isZero();
    assertThat(curve).hasSize(POINTS);
    return curve;
  }

  /** Steps of a network with dropout and one without by turns; now and then a smaller batch. */
  public static void main(String[] args) throws IOException {
    int steps = Integer.parseInt(args[0]);
    ImageShape shape = new ImageShape(Integer.parseInt(args[1]), Integer.parseInt(args[1]), 1);
    int examples = Integer.parseInt(args[2]);
    NativeRuntime.setThreads(1);
    Problems plain =
        Problems.of("mlp:%d-32-16-4".formatted(shape.size()), shape, 4)
            .with(OptimizerSpec.Name.ADAM);
    Problems dropout = plain.with(new RegularizationSpec(0.01, 0, 0.5, 0, 0.1, 0));
    Batch[] batches = new Batch[10];
    for (int b = 0; b < batches.length; b++) {
      batches[b] = plain.batch(b > batches.length - 3 ? examples / 4 : examples, b);
    }
    try (TrainingStep one = plain.step(plain.build());
        TrainingStep other = dropout.step(dropout.build())) {
      for (int step = 1; step <= steps; step++) {
        (step % 2 == 0 ? one : other).run(batches[step % batches.length], step);
        if (step % (steps / POINTS) == 0) {
          System.out.printf(Locale.ROOT, "step %d rss %.1f MiB%n", step, residentMebibytes());
        }
      }
    }
    System.exit(0);
  }

  private static double residentMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
