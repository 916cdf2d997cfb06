package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private record Point(long step, float value) {}

  @Property
  void rangesAreAsIfSortedStably(
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 50) Long> steps,
      @ForAll @LongRange(min = -5, max = 55) long from,
      @ForAll @LongRange(min = -5, max = 55) long to,
      @ForAll boolean ascending) {
    SeriesTable table = new SeriesTable(List.of("a", "b"));
    List<Point> points = new ArrayList<>();
    List<Long> ordered = ascending ? steps.stream().sorted().toList() : steps;
    for (long step : ordered) {
      points.add(new Point(step, points.size()));
      table.append(step, -1, points.size() - 1);
    }
    List<Point> expected =
        points.stream()
            .filter(p -> p.step() >= from && p.step() <= to)
            .sorted(Comparator.comparingLong(Point::step))
            .toList();
    SeriesPoints actual = table.points("b", from, to);
    assertThat(actual.steps())
        .containsExactly(expected.stream().map(Point::step).toArray(Long[]::new));
    assertThat(actual.values())
        .containsExactly(expected.stream().map(Point::value).toArray(Float[]::new));
  }

  @Property
  void thinningKeepsEndsAndExtremesOfEveryBucket(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = -3, max = 40) Integer> drawn,
      @ForAll @IntRange(min = 5, max = 60) int maxPoints) {
    int n = drawn.size();
    long[] steps = new long[n];
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      steps[i] = 10L * i;
      values[i] =
          switch (drawn.get(i)) {
            case -1 -> Float.NaN;
            case -2 -> Float.POSITIVE_INFINITY;
            case -3 -> Float.NEGATIVE_INFINITY;
            default -> drawn.get(i);
          };
    }
    SeriesPoints points = new SeriesPoints("a", steps, values);
    SeriesPoints thin = Thinning.thin(points, maxPoints);
    if (n <= maxPoints) {
      assertThat(thin).isSameAs(points);
      return;
    }
    assertThat(thin.values()).hasSizeLessThanOrEqualTo(maxPoints);
    assertThat(thin.steps()).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < thin.steps().length; i++) {
      assertThat((Float) thin.values()[i]).isEqualTo((Float) values[(int) thin.steps()[i] / 10]);
    }
    assertThat(thin.steps()).contains(steps[0], steps[n - 1]);
    boolean hasNaN = drawn.contains(-1);
    int buckets = (maxPoints - 2) / (hasNaN ? 3 : 2);
    for (int b = 0; b < buckets; b++) {
      int from = 1 + b * (n - 2) / buckets;
      int to = 1 + (b + 1) * (n - 2) / buckets;
      assertThat(summary(thin, steps[from], steps[to] - 10))
          .isEqualTo(summary(points, steps[from], steps[to] - 10));
    }
  }

  /** Smallest value, largest value and whether there is a NaN. */
  private static List<Object> summary(SeriesPoints points, long from, long to) {
    double smallest = Double.NaN;
    double largest = Double.NaN;
    boolean hasNaN = false;
    for (int i = 0; i < points.steps().length; i++) {
      float value = points.values()[i];
      if (points.steps()[i] < from || points.steps()[i] > to) {
        continue;
      }
      hasNaN |= Float.isNaN(value);
      smallest = Double.isNaN(smallest) || value < smallest ? value : smallest;
      largest = Double.isNaN(largest) || value > largest ? value : largest;
    }
    return List.of(smallest, largest, hasNaN);
  }

  @Test
  void aMillionPointsKeepOneSpike() {
    SeriesTable table = new SeriesTable(List.of("loss"));
    for (int step = 0; step < 1_000_000; step++) {
      table.append(step, step == 654_321 ? 1e30 : 1);
    }
    SeriesPoints thin = Thinning.thin(table.points("loss", 0, Long.MAX_VALUE), 500);
    assertThat(thin.values()).hasSizeLessThanOrEqualTo(500).contains(1e30f);
    assertThat(thin.steps()).contains(654_321).startsWith(0).endsWith(999_999);
  }

  @Test
  void whatIsOldIsThinnedButForItsExtremes() {
    SeriesTable table = new SeriesTable(List.of("loss", "accuracy"));
    int steps = 1_000_000;
    for (int step = 0; step < steps; step++) {
      double loss =
          switch (step) {
            case 1_234 -> 77;
            case 5_678 -> -77;
            case 9_999 -> Double.NaN;
            default -> Math.sin(step);
          };
      table.append(step, loss, -step);
    }

    SeriesPoints kept = table.points("loss", 0, Long.MAX_VALUE);
    long[] at = kept.steps();

    assertThat(at.length).isBetween(1 << 13, 1 << 14);
    assertThat(at).isSorted().contains(1_234, 5_678, 9_999);
    assertThat(kept.values()).contains(77, -77, Float.NaN);
    assertThat(at[at.length - 1]).isEqualTo(steps - 1);
    assertThat(at[at.length - (1 << 12)]).as("the latest are there").isEqualTo(steps - (1 << 12));
    for (int i = 1; i < at.length; i++) {
      assertThat(at[i] - at[i - 1]).as("after step %d", at[i - 1]).isLessThan(1_024);
    }
    float[] accuracy = table.points("accuracy", 0, Long.MAX_VALUE).values();
    for (int i = 0; i < at.length; i++) {
      assertThat(accuracy[i]).isEqualTo(-at[i]);
    }
  }
}
