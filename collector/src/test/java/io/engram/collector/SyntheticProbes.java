package io.engram.collector;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbesReported;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What probes make of a {@link SyntheticRun}: measured at the end of each epoch. */
final class SyntheticProbes {
  private static final int CLASSES = 10;
  private static final int MONITORED = 100;
  private static final int FIRST_HOLDOUT = 10_000;
  private static final int FIRST_CANARY = 20_000;
  private static final int FIRST_GHOST = 30_000;
  private static final int SEARCHED = 200;

  private static final Set<Double> SCORED = Set.of(0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0);

  private final Random random = new Random(5);
  private final int[] given;
  private final int[] truth;
  private final boolean looksOnly;
  private final double memorizedAt;

  SyntheticProbes(int[] given, int[] truth) {
    this(given, truth, false, 24);
  }

  private SyntheticProbes(int[] given, int[] truth, boolean looksOnly, double memorizedAt) {
    this.given = given;
    this.truth = truth;
    this.looksOnly = looksOnly;
    this.memorizedAt = memorizedAt;
  }

  /**
   * Looks alone, at more training examples; given labels begin to be known in epoch 6, or never.
   */
  static SyntheticProbes monitoring(int[] given, int[] truth, boolean memorizing) {
    return new SyntheticProbes(given, truth, true, memorizing ? 6 : 1e9);
  }

  List<TrainingEvent> descriptions() {
    return List.of(
        describe(ExampleRole.HOLDOUT, FIRST_HOLDOUT, 0),
        describe(ExampleRole.CANARY, FIRST_CANARY, 3),
        describe(ExampleRole.GHOST, FIRST_GHOST, 3));
  }

  private static ExamplesDescribed describe(ExampleRole role, int first, int shift) {
    int[] ids = ids(first);
    int[] trueLabels = Arrays.stream(ids).map(id -> id % CLASSES).toArray();
    int[] givenLabels = Arrays.stream(ids).map(id -> (id + shift) % CLASSES).toArray();
    return new ExamplesDescribed(role, ids, givenLabels, trueLabels);
  }

  private static int[] ids(int first) {
    return ids(first, MONITORED);
  }

  private static int[] ids(int first, int count) {
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> first + i);
    return ids;
  }

  List<TrainingEvent> measurements(double epoch, long step) {
    if (looksOnly) {
      return looks(1 - Math.exp(-epoch), 1 / (1 + Math.exp(memorizedAt - epoch)), 400);
    }
    List<TrainingEvent> events = new ArrayList<>();
    for (double radius : new double[] {1, 8, 25}) {
      events.add(search(Split.VALIDATION, radius, epoch));
      events.add(search(Split.TRAIN, radius, epoch));
    }
    if (step > 0) {
      events.add(sensitivity(SensitivityKind.UNROLLED, step));
      events.add(sensitivity(SensitivityKind.TRUNCATED, 20));
    }
    double learned = 1 - Math.exp(-epoch / 4);
    double memorized = 1 / (1 + Math.exp((memorizedAt - epoch) / 3));
    events.addAll(looks(learned, memorized, MONITORED));
    double[] eigenvalues = new double[32];
    Arrays.setAll(eigenvalues, i -> Math.exp(-i / (3 + 10 * memorized)));
    events.add(new GradientSpectrumMeasured(64, eigenvalues));
    if (SCORED.contains(epoch)) {
      events.addAll(SyntheticScores.at(epoch));
    }
    events.add(
        new ProbesReported(
            List.of(
                new ProbesReported.Probe("csr", step / 20 + 1, 0, 0, 0.2 * (step / 20.0 + 1)),
                new ProbesReported.Probe("sensitivity", step / 20, 0, 1, 0.5 * step / 20))));
    return events;
  }

  private List<TrainingEvent> looks(double learned, double memorized, int training) {
    return List.of(
        look(ExampleRole.TRAINING, ids(0, training), false, learned, memorized),
        look(ExampleRole.HOLDOUT, ids(FIRST_HOLDOUT), false, learned, 0),
        look(ExampleRole.CANARY, ids(FIRST_CANARY), false, learned, memorized),
        look(ExampleRole.GHOST, ids(FIRST_GHOST), true, learned, 0));
  }

  private CriticalSamplesSearched search(Split split, double radius, double epoch) {
    int[] ids = new int[SEARCHED];
    int[] foundAt = new int[SEARCHED];
    double share = Math.min(0.95, 0.02 * radius * (1 + epoch / 20));
    for (int i = 0; i < SEARCHED; i++) {
      ids[i] = i;
      foundAt[i] = (i * 37 % SEARCHED) < share * SEARCHED ? 1 + i % 4 : 0;
    }
    return new CriticalSamplesSearched(split, radius, 10, ids, foundAt);
  }

  private LossSensitivityMeasured sensitivity(SensitivityKind kind, long updates) {
    int[] ids = new int[SEARCHED];
    double[] values = new double[SEARCHED];
    for (int i = 0; i < SEARCHED; i++) {
      ids[i] = i;
      values[i] = Math.exp(random.nextGaussian());
    }
    int classes = kind == SensitivityKind.UNROLLED ? CLASSES : 0;
    double[] matrix = new double[classes * classes];
    for (int i = 0; i < matrix.length; i++) {
      boolean diagonal = i / classes == i % classes;
      matrix[i] = Math.exp(random.nextGaussian() / 2) * (diagonal ? 2e-3 : 1e-3);
    }
    return new LossSensitivityMeasured(kind, updates, ids, values, classes, matrix);
  }

  private PredictionsMonitored look(
      ExampleRole role, int[] ids, boolean last, double learned, double memorized) {
    float[] probabilities = new float[ids.length * CLASSES];
    for (int row = 0; row < ids.length; row++) {
      int trueLabel = role == ExampleRole.TRAINING ? truth[row] : ids[row] % CLASSES;
      int givenLabel = role == ExampleRole.TRAINING ? given[row] : (ids[row] + 3) % CLASSES;
      double[] weights = new double[CLASSES];
      for (int c = 0; c < CLASSES; c++) {
        weights[c] =
            Math.exp(
                random.nextGaussian()
                    + (c == trueLabel ? 5 * learned : 0)
                    + (c == givenLabel ? 7 * memorized : 0));
      }
      double sum = Arrays.stream(weights).sum();
      for (int c = 0; c < CLASSES; c++) {
        probabilities[row * CLASSES + c] = (float) (weights[c] / sum);
      }
    }
    return new PredictionsMonitored(
        role, last, CLASSES, ids, new int[0], probabilities, new float[0], new int[0]);
  }
}
