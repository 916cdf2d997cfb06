package io.engram.trainer.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class CensoredLineTest {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  @Test
  void withoutCensoringItIsTheLeastSquaresLine() {
    CensoredLine line =
        CensoredLine.fit(new double[] {0, 1, 2, 3}, new double[] {1, 2, 2, 5}, new boolean[4]);

    assertThat(line.slope()).isCloseTo(1.2, within(1e-9));
    assertThat(line.intercept()).isCloseTo(0.7, within(1e-9));
  }

  /** Against a search of the likelihood itself. */
  @Test
  void withCensoringNoOtherLineIsMoreLikely() {
    Random random = new Random(5);
    double[] x = new double[12];
    double[] y = new double[12];
    boolean[] censored = new boolean[12];
    for (int i = 0; i < 12; i++) {
      x[i] = i / 3.0;
      y[i] = Math.min(4, 1 + x[i] + 0.7 * random.nextGaussian());
      censored[i] = y[i] == 4;
    }
    assertThat(censored).contains(true);
    CensoredLine line = CensoredLine.fit(x, y, censored);

    double best = bestLikelihood(x, y, censored, line.intercept(), line.slope());
    for (double shift : new double[] {-0.05, 0.05}) {
      assertThat(bestLikelihood(x, y, censored, line.intercept() + shift, line.slope()))
          .isLessThan(best);
      assertThat(bestLikelihood(x, y, censored, line.intercept(), line.slope() + shift))
          .isLessThan(best);
    }
    assertThat(line.slope())
        .as("steeper than if what is not seen lay where it was last seen")
        .isGreaterThan(CensoredLine.fit(x, y, new boolean[12]).slope());
  }

  private static double bestLikelihood(
      double[] x, double[] y, boolean[] censored, double intercept, double slope) {
    double best = Double.NEGATIVE_INFINITY;
    for (double deviation = 0.05; deviation < 4; deviation *= 1.002) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double z = (y[i] - intercept - slope * x[i]) / deviation;
        sum +=
            censored[i]
                ? Math.log(NORMAL.survivalProbability(z))
                : NORMAL.logDensity(z) - Math.log(deviation);
      }
      best = Math.max(best, sum);
    }
    return best;
  }

  @Test
  void aLineNeedsTwoPlacesThatWereSeen() {
    assertThat(
            CensoredLine.fit(
                    new double[] {1, 1, 2},
                    new double[] {1, 2, 3},
                    new boolean[] {false, false, true})
                .slope())
        .isNaN();
  }
}
