package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final long WINDOW = 30;

  private record Point(long step, double value, boolean counts) {}

  /** Mean of the last window, computed from all points anew. */
  private static double mean(List<Point> points, int at) {
    long step = points.get(at).step();
    return points.subList(0, at + 1).stream()
        .filter(point -> point.step() > step - WINDOW)
        .mapToDouble(Point::value)
        .average()
        .orElseThrow();
  }

  @Test
  void isThatOfTheStepsThatWereNotUndone() {
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < 200; trial++) {
      History history = new History();
      List<Point> points = new ArrayList<>();
      long step = 0;
      for (int k = 0; k < 60; k++) {
        boolean back = random.nextInt(12) == 0;
        step = back ? Math.max(0, step - random.nextInt(80)) : step + 1 + random.nextInt(20);
        Point point = new Point(step, random.nextDouble(), random.nextInt(5) > 0);
        points.removeIf(other -> other.step() >= point.step());
        points.add(point);
        history.append(point.step(), point.value(), WINDOW, point.counts());
        int last = points.size() - 1;
        double greatest =
            IntStream.rangeClosed(0, last)
                .filter(i -> points.get(i).counts())
                .mapToDouble(i -> mean(points, i))
                .max()
                .orElse(Double.NaN);
        assertThat(history.mean()).isCloseTo(mean(points, last), within(1e-12));
        if (Double.isNaN(greatest)) {
          assertThat(history.fall()).isNaN();
        } else {
          assertThat(history.maximum()).isCloseTo(greatest, within(1e-12));
          assertThat(history.fall()).isCloseTo(greatest - history.mean(), within(1e-12));
        }
      }
    }
  }

  /** By sorting the examples themselves; a stable sort keeps the first of equals first. */
  @Test
  void sharesOfTheConfidentAreThoseOfTheSortedExamples() {
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 300; trial++) {
      int size = 4 + random.nextInt(60);
      int[] given = random.ints(size, 0, 3).toArray();
      int[] held = random.ints(size, 0, 3).toArray();
      float[] confidence = new float[size];
      float[] standing = new float[size];
      for (int i = 0; i < size; i++) {
        confidence[i] = random.nextInt(8) / 8f;
        standing[i] = given[i] == held[i] ? Float.NaN : random.nextInt(5) / 4f;
      }
      MonitoredView view =
          new MonitoredView(
              ExampleRole.TRAINING, 6, 0, given, held, held, confidence, standing, held, 0, 0);
      MostConfident confident = new MostConfident(view);
      for (double share : new double[] {0.25, 0.5}) {
        List<Integer> taken =
            IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparing(i -> -confidence[i]))
                .limit(Math.round(size * share))
                .toList();
        double contradicted = taken.stream().filter(i -> given[i] != held[i]).count();
        double low =
            taken.stream()
                .mapToDouble(i -> standing[i] < 0.5f ? 1 : standing[i] == 0.5f ? 0.5 : 0)
                .sum();
        assertThat(confident.contradicted(share))
            .isCloseTo(contradicted / taken.size(), within(1e-12));
        assertThat(confident.arbitrary(share)).isCloseTo(2 * low / taken.size(), within(1e-12));
      }
    }
  }
}
