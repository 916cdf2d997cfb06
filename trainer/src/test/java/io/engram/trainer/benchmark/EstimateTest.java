package io.engram.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void theMedianIsThatOfTheRounds() {
    assertThat(Estimate.median(new double[] {5, 1, 100}).value()).isEqualTo(5);
    assertThat(Estimate.median(new double[] {5, 1, 100, 7}).value()).isEqualTo(6);
  }

  @Test
  void roundsThatAgreeLeaveNoDoubt() {
    assertThat(Estimate.median(new double[] {3, 3, 3})).isEqualTo(new Estimate(3, 3, 3));
    assertThat(Estimate.ratioOfMedians(new double[] {3, 3}, new double[] {2, 2}))
        .isEqualTo(new Estimate(1.5, 1.5, 1.5));
  }

  @Test
  void theIntervalCoversTheTrueMedianAboutAsOftenAsItSays() {
    Random random = new Random(1);
    int covered = 0;
    for (int i = 0; i < 200; i++) {
      Estimate estimate = Estimate.median(random.doubles(25, 0, 2).map(x -> x * x).toArray());
      covered += estimate.low() <= 1 && 1 <= estimate.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(178, 200);
  }

  @Test
  void whatDisturbsBothOfAPairDoesNotWidenTheIntervalOfTheirRatio() {
    double[] drift = IntStream.range(0, 20).mapToDouble(i -> 100 + 10 * i).toArray();
    double[] twice = IntStream.range(0, 20).mapToDouble(i -> 2 * drift[i]).toArray();
    assertThat(Estimate.ratioOfMedians(twice, drift)).isEqualTo(new Estimate(2, 2, 2));
    Estimate alone = Estimate.median(drift);
    assertThat(alone.high() - alone.low()).isGreaterThan(20);
  }

  @Test
  void percentilesAreOfEverythingTogether() {
    Histogram many = new Histogram(3);
    Histogram few = new Histogram(3);
    IntStream.rangeClosed(1, 990).forEach(i -> many.recordValue(10));
    IntStream.rangeClosed(1, 10).forEach(i -> few.recordValue(1000));
    Estimate estimate = Estimate.percentile(List.of(many, few), 99);
    assertThat(estimate.value()).isEqualTo(10);
    assertThat(estimate.low()).isEqualTo(10);
    assertThat(estimate.high()).isEqualTo(1000);
    assertThat(Estimate.percentile(List.of(many, few), 99.5).value()).isCloseTo(1000, within(1.0));
  }

  @Test
  void unitsChangeTheIntervalToo() {
    assertThat(new Estimate(2, 1, 3).times(0.5)).isEqualTo(new Estimate(1, 0.5, 1.5));
  }

  @Test
  void nothingCanBeSaidOfNoRounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Estimate.median(new double[0]))
        .withMessage("no rounds were measured");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Estimate.ratioOfMedians(new double[2], new double[3]))
        .withMessage("2 and 3 rounds are not pairs");
  }
}
