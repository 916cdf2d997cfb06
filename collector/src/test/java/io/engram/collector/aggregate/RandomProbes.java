package io.engram.collector.aggregate;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.FeatureSource;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.NullScores;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.SValidationScored;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What the probes of {@link RandomRuns} say, and the examples that they alone look at. */
final class RandomProbes {
  private static final int CLASSES = 3;

  private final Random random;
  private final EventStream stream;

  RandomProbes(Random random, EventStream stream) {
    this.random = random;
    this.stream = stream;
  }

  /** Canaries from 2000 on, ghosts and hold-out from 3000 and 4000 on. */
  void describe(int epoch, long step) {
    ExampleRole[] roles = {ExampleRole.CANARY, ExampleRole.GHOST, ExampleRole.HOLDOUT};
    for (int r = 0; r < roles.length; r++) {
      if (random.nextInt(5) > 0) {
        int first = 2000 + 1000 * r;
        int[] ids = {first, first + 1, first + 2};
        int last = random.nextInt(6) == 0 ? random.nextInt(-1, CLASSES + 1) : 2;
        stream.add(
            epoch,
            step,
            new ExamplesDescribed(roles[r], ids, new int[] {0, 1, last}, new int[] {1, 2, 0}));
      }
    }
  }

  void measure(int epoch, long step, int[] trainingIds) {
    switch (random.nextInt(6)) {
      case 4 -> stream.add(epoch, step, scores());
      case 0 -> stream.add(epoch, step, search());
      case 1 -> stream.add(epoch, step, sensitivity());
      case 2, 3 -> look(epoch, step, trainingIds);
      default -> {
        stream.add(epoch, step, spectrum());
        if (random.nextInt(3) == 0) {
          stream.add(epoch, step, new ProbeFailed(name(), "problem " + random.nextInt(9)));
        }
        stream.add(epoch, step, report());
      }
    }
  }

  /** Mostly of the same examples and sets; those of the pixels may come at any time. */
  private SValidationScored scores() {
    String[] profiles = {"FAST", "PAPER", "SKETCH"};
    int which = random.nextInt(3);
    int n = random.nextInt(12) == 0 ? 21 : 20;
    int permutations = 2 + random.nextInt(60);
    List<SValidationScored.PerturbedSet> sets = new ArrayList<>();
    for (String name : List.of("0.05", random.nextInt(12) == 0 ? "0.1" : "1")) {
      int[] repeats = random.ints(random.nextInt(3), 0, n + 1).toArray();
      int low = random.nextInt(n);
      int[] permuted = random.ints(permutations, low, low + 2).toArray();
      NullScores scores = new NullScores(random.nextInt(n + 1), repeats, permuted);
      sets.add(new SValidationScored.PerturbedSet(name, scores));
    }
    return new SValidationScored(
        random.nextInt(4) == 0 ? FeatureSource.PIXELS : FeatureSource.NETWORK,
        "classifier of " + profiles[which],
        profiles[which],
        n,
        random.nextInt(12) == 0 ? 11 : 10,
        random.nextBoolean(),
        sets,
        5,
        random.nextInt(6),
        new SValidationScored.Features(4, random.nextInt(5), n, numbers(1)[0]),
        numbers(1)[0]);
  }

  private CriticalSamplesSearched search() {
    Split[] splits = {Split.TRAIN, Split.VALIDATION, Split.NOISE};
    double[] radii = {1, 8, 25, 0.5, 1e-5, 1e9};
    int iterations = random.nextInt(5);
    int[] ids = random.nextInt(5) == 0 ? new int[0] : new int[] {1, 2, 3, 5, random.nextInt(6, 8)};
    return new CriticalSamplesSearched(
        splits[random.nextInt(3)],
        radii[random.nextInt(6)],
        iterations,
        ids,
        random.ints(ids.length, 0, iterations + 1).toArray());
  }

  private LossSensitivityMeasured sensitivity() {
    int n = random.nextInt(6);
    int[] ids = random.ints(0, 9).distinct().limit(n).toArray();
    int classes = random.nextInt(3);
    return new LossSensitivityMeasured(
        random.nextBoolean() ? SensitivityKind.UNROLLED : SensitivityKind.TRUNCATED,
        1 + random.nextInt(9),
        ids,
        numbers(n),
        classes,
        numbers(classes * classes));
  }

  /** Looks of one step are of the same examples: others would be one more chunk of a look. */
  private void look(int epoch, long step, int[] trainingIds) {
    List<ExampleRole> roles = new ArrayList<>(List.of(ExampleRole.values()));
    roles.removeIf(role -> random.nextInt(4) == 0);
    for (ExampleRole role : roles) {
      int first =
          2000
              + 1000
                  * Arrays.asList(ExampleRole.CANARY, ExampleRole.GHOST, ExampleRole.HOLDOUT)
                      .indexOf(role);
      int[] ids =
          role == ExampleRole.TRAINING ? trainingIds : new int[] {first, first + 1, first + 2};
      Random ofStep = new Random(31 * step + first);
      if (ofStep.nextInt(12) == 0) {
        ids = new int[] {first, 77};
      }
      int classes = ofStep.nextInt(12) == 0 ? ofStep.nextInt(6) : CLASSES;
      float[] probabilities = new float[ids.length * classes];
      for (int i = 0; i < probabilities.length; i++) {
        int what = random.nextInt(60);
        probabilities[i] =
            what == 0 ? Float.NaN : what == 1 ? -1 : what == 2 ? 3 : random.nextFloat();
      }
      boolean last = role == roles.get(roles.size() - 1);
      stream.add(
          epoch,
          step,
          new PredictionsMonitored(
              role, last, classes, ids, new int[0], probabilities, new float[0], new int[0]));
    }
  }

  private GradientSpectrumMeasured spectrum() {
    double[] eigenvalues = numbers(random.nextInt(5));
    return new GradientSpectrumMeasured(8, eigenvalues);
  }

  private ProbesReported report() {
    return new ProbesReported(
        List.of(
            new ProbesReported.Probe("csr", random.nextInt(9), 0, random.nextInt(9), 0.5),
            new ProbesReported.Probe("look", random.nextInt(9), 1, random.nextInt(9), -1)));
  }

  private String name() {
    return random.nextBoolean() ? "csr" : "gini";
  }

  private double[] numbers(int n) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      int what = random.nextInt(30);
      numbers[i] =
          what == 0
              ? Double.NaN
              : what == 1 ? Double.POSITIVE_INFINITY : what == 2 ? -1 : random.nextDouble();
    }
    return numbers;
  }
}
