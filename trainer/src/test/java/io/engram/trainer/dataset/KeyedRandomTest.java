package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.KeyedRandom.Purpose;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class KeyedRandomTest {
  /** The number at an index, from 0, of the sequence that the JDK's SplitMix64 makes of a seed. */
  private static long number(long seed, int index) {
    SplittableRandom random = new SplittableRandom(seed);
    long number = random.nextLong();
    for (int i = 0; i < index; i++) {
      number = random.nextLong();
    }
    return number;
  }

  @Property(tries = 200)
  void isTheSplitMixSequenceSeededByPurposeAndId(
      @ForAll long seed, @ForAll Purpose purpose, @ForAll @IntRange(max = 500) int id) {
    long key = number(number(seed, purpose.ordinal()), id);
    SplittableRandom expected = new SplittableRandom(key);

    KeyedRandom random = new KeyedRandom(seed, purpose, id);

    for (int i = 0; i < 5; i++) {
      assertThat(random.nextLong()).isEqualTo(expected.nextLong());
    }
  }

  @Test
  void gaussiansHaveTheNormalDistribution() {
    double[] values = new double[20_000];
    for (int i = 0; i < values.length; i += 20) {
      KeyedRandom random = new KeyedRandom(1, Purpose.INPUT_PIXELS, i);
      for (int j = 0; j < 20; j++) {
        values[i + j] = random.nextGaussian();
      }
    }
    // Four standard errors of each moment of 20,000 standard normal numbers.
    assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.028));
    assertThat(moment(values, 2)).isCloseTo(1, within(0.04));
    assertThat(moment(values, 3)).isCloseTo(0, within(0.11));
    assertThat(moment(values, 4)).isCloseTo(3, within(0.28));
    // And no dependence between neighbours.
    double product = 0;
    for (int i = 1; i < values.length; i++) {
      product += values[i] * values[i - 1];
    }
    assertThat(product / values.length).isCloseTo(0, within(0.028));
  }

  private static double moment(double[] values, int power) {
    return Arrays.stream(values).map(value -> Math.pow(value, power)).average().orElseThrow();
  }

  @Test
  void integersCoverTheirRangeEvenly() {
    int[] counts = new int[7];
    KeyedRandom random = new KeyedRandom(3, Purpose.LABEL, 0);
    for (int i = 0; i < 7_000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(Binomial.low(7_000, 1 / 7.0), Binomial.high(7_000, 1 / 7.0));
    }
  }
}
