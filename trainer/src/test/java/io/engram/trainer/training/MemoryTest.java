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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The memory of a long run stays where it was: a process of its own with a fixed, touched heap of
 * 512 MiB, so that only memory outside the heap can grow. In the first half the compiler's own
 * memory still grows; a step that left 1 KiB behind would show in the second.
 */
@EnabledOnOs(OS.LINUX)
final class MemoryTest {
  private static final int STEPS = 20_000;
  private static final int EVERY = 1_000;
  private static final int WARM = 10;
  private static final double ALLOWED_GROWTH_MIB = 8;

  @Test
  void residentMemoryIsFlat() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
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
    assertThat(curve).hasSize(STEPS / EVERY);
    double warm = curve.get(WARM - 1);
    assertThat(curve.subList(WARM, curve.size()))
        .allSatisfy(mebibytes -> assertThat(mebibytes).isLessThan(warm + ALLOWED_GROWTH_MIB));
  }

  /** Steps of a network with dropout and one without by turns; the last batch is smaller. */
  public static void main(String[] args) throws IOException {
    NativeRuntime.setThreads(1);
    Problems plain =
        Problems.of("mlp:64-32-16-4", new ImageShape(8, 8, 1), 4).with(OptimizerSpec.Name.ADAM);
    Problems dropout = plain.with(new RegularizationSpec(0.01, 0, 0.5, 0, 0.1, 0));
    Batch[] batches = new Batch[10];
    for (int b = 0; b < batches.length; b++) {
      batches[b] = plain.batch(b == batches.length - 1 ? 7 : 32, b);
    }
    try (TrainingStep one = plain.step(plain.build());
        TrainingStep other = dropout.step(dropout.build())) {
      for (int step = 1; step <= STEPS; step++) {
        (step % 2 == 0 ? one : other).run(batches[step % batches.length], step);
        if (step % EVERY == 0) {
          System.out.printf("step %d rss %.1f MiB%n", step, residentMebibytes());
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
