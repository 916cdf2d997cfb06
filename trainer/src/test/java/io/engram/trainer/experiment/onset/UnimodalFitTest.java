package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnimodalFitTest {
  /** max over from of min over to of the mean of values[from..to]: the best rising fit. */
  private static double[] rising(double[] values) {
    double[] fit = new double[values.length];
    for (int i = 0; i < fit.length; i++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int from = 0; from <= i; from++) {
        double least = Double.POSITIVE_INFINITY;
        for (int to = i; to < values.length; to++) {
          least = Math.min(least, Arrays.stream(values, from, to + 1).average().orElseThrow());
        }
        best = Math.max(best, least);
      }
      fit[i] = best;
    }
    return fit;
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  private static double error(double[] values, double[] fit) {
    double error = 0;
    for (int i = 0; i < values.length; i++) {
      error += (values[i] - fit[i]) * (values[i] - fit[i]);
    }
    return error;
  }

  private static double leastError(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    for (int turn = 0; turn <= values.length; turn++) {
      double[] before = Arrays.copyOf(values, turn);
      double[] after = Arrays.copyOfRange(values, turn, values.length);
      double[] falling = reversed(rising(reversed(after)));
      least = Math.min(least, error(before, rising(before)) + error(after, falling));
    }
    return least;
  }

  private static void assertUnimodal(double[] fit) {
    int i = 1;
    while (i < fit.length && fit[i] >= fit[i - 1]) {
      i++;
    }
    while (i < fit.length && fit[i] <= fit[i - 1]) {
      i++;
    }
    assertThat(i).as("%s turns once", Arrays.toString(fit)).isEqualTo(fit.length);
  }

  @Test
  void noUnimodalSequenceIsCloser() {
    Random random = new Random(5);
    for (int trial = 0; trial < 400; trial++) {
      double[] values = new double[1 + random.nextInt(12)];
      boolean coarse = random.nextBoolean();
      Arrays.setAll(values, i -> coarse ? random.nextInt(4) : random.nextGaussian());

      double[] fit = UnimodalFit.of(values);

      assertUnimodal(fit);
      assertThat(error(values, fit))
          .as("%s", Arrays.toString(values))
          .isCloseTo(leastError(values), within(1e-9));
    }
  }

  @Test
  void everySequenceOnASmallLatticeIsNoCloser() {
    Random random = new Random(6);
    for (int trial = 0; trial < 20; trial++) {
      double[] values = new double[5];
      Arrays.setAll(values, i -> random.nextInt(4));
      double error = error(values, UnimodalFit.of(values));
      double[] candidate = new double[5];
      for (int code = 0; code < 7 * 7 * 7 * 7 * 7; code++) {
        int rest = code;
        for (int i = 0; i < 5; i++, rest /= 7) {
          candidate[i] = rest % 7 / 2.0;
        }
        int turns = 0;
        boolean fell = false;
        for (int i = 1; i < 5; i++) {
          turns += fell && candidate[i] > candidate[i - 1] ? 1 : 0;
          fell |= candidate[i] < candidate[i - 1];
        }
        if (turns == 0) {
          assertThat(error).isLessThanOrEqualTo(error(values, candidate) + 1e-12);
        }
      }
    }
  }

  @Test
  void whatIsUnimodalStaysAsItIs() {
    double[] values = {0.1, 0.5, 0.9, 0.9, 0.7, 0.2};

    assertThat(UnimodalFit.of(values)).containsExactly(values, within(1e-12));
  }
}
