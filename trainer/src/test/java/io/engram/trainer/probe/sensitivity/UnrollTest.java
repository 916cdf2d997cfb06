package io.engram.trainer.probe.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivatives through training against what training anew shows. */
final class UnrollTest {
  private static final double RELATIVE = 1e-6;
  private static final int EXAMPLES = 7;
  private static final int UPDATES = 9;

  private static NaiveDescent problem(boolean sigmoid, double decay) {
    return new NaiveDescent(sigmoid, decay, EXAMPLES, UPDATES, 5, 5, 6, 4, 3);
  }

  private static Unroll unroll(NaiveDescent problem, int[] tracked, boolean byClass) {
    return new Unroll(problem.network(), problem.examples(), problem.decay, tracked, byClass);
  }

  private static Sensitivity measure(
      NaiveDescent problem, int[] tracked, boolean byClass, long step, long updates) {
    return unroll(problem, tracked, byClass)
        .measure(problem.trajectory(), new long[] {step}, updates)
        .get(0);
  }

  private static double[] naive(NaiveDescent problem, int[] tracked, int from, int to) {
    return Arrays.stream(tracked)
        .mapToDouble(
            row -> {
              double[][] terms = problem.derivatives(row, from, to, tracked);
              return IntStream.range(0, terms[0].length)
                  .mapToDouble(
                      d -> Math.abs(Arrays.stream(terms).mapToDouble(term -> term[d]).sum()))
                  .sum();
            })
        .toArray();
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("element %d", i)
          .isCloseTo(expected[i], within(RELATIVE * Math.abs(expected[i])));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 0", "false, 0.05"})
  void agreesWithTrainingAnew(boolean sigmoid, double decay) {
    NaiveDescent problem = problem(sigmoid, decay);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    Sensitivity measured = measure(problem, all, false, UPDATES, Long.MAX_VALUE);

    assertClose(measured.byExample(), naive(problem, all, 0, UPDATES));
    assertThat(measured.updates()).isEqualTo(UPDATES);
    assertThat(measured.diverged()).isFalse();
    assertThat(measured.classMatrix()).isNull();
  }

  @Test
  void someOfTheExamplesAreTheirOwnLoss() {
    NaiveDescent problem = problem(false, 0);
    int[] some = {6, 1, 3};

    assertClose(
        measure(problem, some, false, UPDATES, Long.MAX_VALUE).byExample(),
        naive(problem, some, 0, UPDATES));
  }

  @Test
  void truncatedSeesTheLastUpdatesOnly() {
    NaiveDescent problem = problem(false, 0);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    Sensitivity last = measure(problem, all, false, UPDATES, 2);

    assertThat(last.updates()).isEqualTo(2);
    assertClose(last.byExample(), naive(problem, all, UPDATES - 2, UPDATES));
    for (int i = 0; i < EXAMPLES; i++) {
      int example = i;
      boolean used =
          Arrays.stream(problem.rows, UPDATES - 2, UPDATES)
              .flatMapToInt(Arrays::stream)
              .anyMatch(row -> row == example);
      assertThat(last.used()[i]).isEqualTo(used);
      assertThat(used || last.byExample()[i] == 0).isTrue();
    }
    assertThat(last.used()).contains(false);
    assertThat(last.places()).hasSizeBetween(4, 6);
  }

  @Test
  void truncatedAfterAllUpdatesIsUnrolled() {
    NaiveDescent problem = problem(false, 0);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    double[] unrolled = measure(problem, all, false, UPDATES, Long.MAX_VALUE).byExample();

    assertThat(measure(problem, all, false, UPDATES, UPDATES).byExample()).isEqualTo(unrolled);
    assertThat(measure(problem, all, false, UPDATES, UPDATES + 3).byExample()).isEqualTo(unrolled);
    assertThat(measure(problem, all, false, UPDATES, UPDATES - 1).byExample())
        .isNotEqualTo(unrolled);
  }

  @Test
  void classMatrixAgreesWithTrainingAnewAndItsTermsSumToTheWhole() {
    NaiveDescent problem = problem(false, 0);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    Sensitivity byClass = measure(problem, all, true, UPDATES, Long.MAX_VALUE);
    double[][] expected = new double[3][3];
    for (int row : all) {
      double[][] terms = problem.derivatives(row, 0, UPDATES, all);
      int label = problem.labels[row];
      long alike = Arrays.stream(problem.labels).filter(other -> other == label).count();
      for (int i = 0; i < 3; i++) {
        expected[i][label] +=
            Arrays.stream(terms[i]).map(Math::abs).average().orElseThrow() / alike;
      }
    }

    for (int i = 0; i < 3; i++) {
      assertClose(byClass.classMatrix()[i], expected[i]);
    }
    assertClose(
        byClass.byExample(), measure(problem, all, false, UPDATES, Long.MAX_VALUE).byExample());
  }

  @Test
  void aClassWithoutExamplesHasNoColumn() {
    NaiveDescent problem = problem(false, 0);
    double[][] matrix =
        measure(problem, new int[] {0, 1, 3, 4}, true, UPDATES, Long.MAX_VALUE).classMatrix();

    assertThat(matrix).isNotNull();
    for (double[] row : matrix) {
      assertThat(row[2]).isNaN();
      assertThat(row[0]).isNotNaN();
    }
    assertThat(matrix[2]).startsWith(0, 0);
  }

  @Test
  void severalStepsTogetherAreTheSameAsEachAlone() {
    NaiveDescent problem = problem(true, 0);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    long[] steps = {1, 4, 5, UPDATES};
    List<Sensitivity> together =
        unroll(problem, all, true).measure(problem.trajectory(), steps, Long.MAX_VALUE);

    for (int i = 0; i < steps.length; i++) {
      Sensitivity alone = measure(problem, all, true, steps[i], Long.MAX_VALUE);
      assertThat(together.get(i).step()).isEqualTo(steps[i]);
      assertThat(together.get(i).byExample()).isEqualTo(alone.byExample());
      assertThat(together.get(i).classMatrix()).isDeepEqualTo(alone.classMatrix());
    }
  }

  @Test
  void anAdjointThatExplodesIsReported() {
    NaiveDescent problem = problem(false, 0);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    Trajectory trajectory = problem.trajectory();
    Arrays.fill(problem.rates, 1e5);
    List<Sensitivity> measured =
        unroll(problem, all, false).measure(trajectory, new long[] {1, UPDATES}, Long.MAX_VALUE);

    assertThat(measured.get(0).diverged()).isFalse();
    assertThat(measured.get(1).diverged()).isTrue();
    assertThat(measured.get(1).divergedAt()).isBetween(2L, UPDATES - 1L);
  }

  @Test
  void parametersThatAreNoNumbersAreReported() {
    NaiveDescent problem = problem(false, 0);
    problem.initial[3] = Double.NaN;
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    Sensitivity measured = measure(problem, all, true, UPDATES, Long.MAX_VALUE);

    assertThat(measured.diverged()).isTrue();
    assertThat(measured.divergedAt()).isEqualTo(1);
  }
}
