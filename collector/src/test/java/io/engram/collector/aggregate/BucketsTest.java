package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BucketsTest {
  private record Asked(double[] bounds, double value) {}

  @Property(tries = 5_000)
  void aValueIsBelowOrAtItsBoundAndAboveTheOneBefore(@ForAll("asked") Asked asked) {
    long below = DoubleStream.of(asked.bounds).filter(bound -> asked.value > bound).count();

    assertThat(new Buckets(asked.bounds).of(asked.value)).isEqualTo(below);
  }

  @Provide
  Arbitrary<Asked> asked() {
    Arbitrary<double[]> bounds =
        Arbitraries.of(
            new double[] {-30, -10, -5, -3, -2, -1, 0, 1, 2, 3, 5, 10, 30},
            new double[] {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1},
            new double[] {0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89},
            new double[] {0.3, 0.31, 7});
    Arbitrary<Double> fraction = Arbitraries.doubles().between(-0.1, 1.1);
    Arbitrary<Double> shift =
        Arbitraries.of(0.0, 0.0, 1e-17, -1e-17, Math.ulp(1.0), -Math.ulp(1.0), 1e300, -1e300);
    return Combinators.combine(bounds, fraction, shift, Arbitraries.integers().between(0, 12))
        .as((all, f, moved, at) -> new Asked(all, value(all, f, moved, at)));
  }

  /** Near a bound, or anywhere. */
  private static double value(double[] bounds, double fraction, double shift, int at) {
    return at < bounds.length
        ? bounds[at] + shift
        : bounds[0] + fraction * (bounds[bounds.length - 1] - bounds[0]);
  }
}
