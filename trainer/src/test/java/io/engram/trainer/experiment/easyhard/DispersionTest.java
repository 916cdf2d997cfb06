package io.engram.trainer.experiment.easyhard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DispersionTest {
  private static final double SAME = 1e-9;

  @Property(tries = 200)
  void isWhatTheDefinitionsSay(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int runs) {
    Random random = new Random(seed);
    int n = 30 + random.nextInt(50);
    int[] counts = new int[n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(4);
      counts[i] = labels[i] == 3 ? 0 : random.nextInt(runs + 1);
    }
    counts[0] = 1;
    labels[0] = 0;
    counts[1] = runs - 1;
    labels[1] = 0;

    Dispersion found = Dispersion.of(counts, labels, runs);

    double p = rate(counts, labels, runs, -1);
    double chiSquare = chiSquare(counts, labels, runs, -1);
    double phi = chiSquare / (n - 1);
    assertThat(found.rate()).isCloseTo(p, within(SAME));
    assertThat(found.phi()).isCloseTo(phi, within(SAME * phi));
    assertThat(found.correlation()).isCloseTo((phi - 1) / (runs - 1), within(SAME * phi));
    double s = chiSquare * runs;
    assertThat(found.tarone())
        .isCloseTo((s - n * runs) / Math.sqrt(2.0 * n * runs * (runs - 1)), within(1e-7));
    double total = 0;
    int freedom = 0;
    for (int label = 0; label < 4; label++) {
      double rate = rate(counts, labels, runs, label);
      if (rate > 0 && rate < 1) {
        total += chiSquare(counts, labels, runs, label);
        freedom += size(labels, label) - 1;
      }
    }
    assertThat(found.within()).isCloseTo(total / freedom, within(SAME * total));
  }

  private static int size(int[] labels, int label) {
    int size = 0;
    for (int each : labels) {
      size += label < 0 || each == label ? 1 : 0;
    }
    return size;
  }

  private static double rate(int[] counts, int[] labels, int runs, int label) {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += label < 0 || labels[i] == label ? counts[i] : 0;
    }
    return sum / runs / size(labels, label);
  }

  private static double chiSquare(int[] counts, int[] labels, int runs, int label) {
    double p = rate(counts, labels, runs, label);
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (label < 0 || labels[i] == label) {
        sum += Math.pow(counts[i] - runs * p, 2) / (runs * p * (1 - p));
      }
    }
    return sum;
  }

  @Test
  void examplesThatAreAlwaysOrNeverRightAreAsFarApartAsCanBe() {
    Dispersion found = Dispersion.of(new int[] {10, 0, 10, 0}, new int[] {0, 0, 1, 1}, 10);

    assertThat(found.phi()).isCloseTo(10 * 4 / 3.0, within(SAME));
    assertThat(found.within()).isCloseTo(10 * 4 / 2.0, within(SAME));
    assertThat(found.always()).isEqualTo(0.5);
    assertThat(found.never()).isEqualTo(0.5);
  }

  @Test
  void equalExamplesAreBinomialAndTheirTaroneZIsStandardNormal() {
    Random random = new Random(5);
    double phi = 0;
    double tarone = 0;
    double squares = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      int[] counts = new int[200];
      for (int i = 0; i < counts.length; i++) {
        for (int run = 0; run < 30; run++) {
          counts[i] += random.nextDouble() < 0.3 ? 1 : 0;
        }
      }
      Dispersion found = Dispersion.of(counts, new int[200], 30);
      phi += found.phi() / trials;
      tarone += found.tarone() / trials;
      squares += found.tarone() * found.tarone() / trials;
    }

    assertThat(phi).isCloseTo(1, within(0.02));
    assertThat(tarone).isCloseTo(0, within(0.2));
    assertThat(squares).isCloseTo(1, within(0.25));
  }
}
