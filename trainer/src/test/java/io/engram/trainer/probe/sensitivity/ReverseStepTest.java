package io.engram.trainer.probe.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second derivatives of a step against differences of naive gradients. */
final class ReverseStepTest {
  private static final double H = 1e-5;
  private static final double RATE = 0.5;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hessianAndMixedProductsAgree(boolean sigmoid) {
    NaiveDescent problem = new NaiveDescent(sigmoid, 0.1, 13, 1, 3, 9, 11, 5, 12);
    int[] rows = {12, 0, 3, 7, 5};
    double[] w = problem.initial;
    double[] v = new Random(2).doubles(w.length, -1, 1).toArray();
    BatchPass pass = new BatchPass(problem.network(), problem.examples(), rows.length);
    pass.run(w, rows, 1.0 / rows.length);
    double[] gradient = new double[w.length];
    pass.addGradient(gradient);
    double[] adjoint = v.clone();
    double[] byInput = new double[3 * 9];
    int[] at = {9, -1, 0, 18, -1};
    new ReverseStep(problem.network(), problem.decay, rows.length)
        .run(pass, w, RATE, adjoint, byInput, at);

    double[] plain = new NaiveDescent(sigmoid, 0, 13, 1, 3, 9, 11, 5, 12).gradient(w, rows);
    assertClose(gradient, plain);
    double[] above = problem.gradient(moved(w, v, H), rows);
    double[] below = problem.gradient(moved(w, v, -H), rows);
    double[] expected = new double[w.length];
    for (int j = 0; j < w.length; j++) {
      expected[j] = v[j] - RATE * (above[j] - below[j]) / (2 * H);
    }
    assertClose(adjoint, expected);
    double[] mixed = new double[byInput.length];
    for (int b = 0; b < rows.length; b++) {
      for (int d = 0; at[b] >= 0 && d < 9; d++) {
        mixed[at[b] + d] = -RATE * mixed(problem, w, v, rows, rows[b], d);
      }
    }
    assertClose(byInput, mixed);
  }

  private static double[] moved(double[] w, double[] v, double h) {
    double[] at = w.clone();
    for (int j = 0; j < w.length; j++) {
      at[j] += h * v[j];
    }
    return at;
  }

  private static double mixed(
      NaiveDescent problem, double[] w, double[] v, int[] rows, int row, int input) {
    double kept = problem.inputs[row][input];
    problem.inputs[row][input] = kept + H;
    double[] above = problem.gradient(w, rows);
    problem.inputs[row][input] = kept - H;
    double[] below = problem.gradient(w, rows);
    problem.inputs[row][input] = kept;
    double sum = 0;
    for (int j = 0; j < v.length; j++) {
      sum += v[j] * (above[j] - below[j]) / (2 * H);
    }
    return sum;
  }

  private static void assertClose(double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int j = 0; j < expected.length; j++) {
      assertThat(actual[j]).as("element %d", j).isCloseTo(expected[j], within(1e-8 * largest));
    }
  }
}
