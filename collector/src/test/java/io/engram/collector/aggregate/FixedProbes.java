package io.engram.collector.aggregate;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.FeatureSource;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import java.util.List;

/** What the probes of a run say that never changes. */
final class FixedProbes {
  private static final int CLASSES = 10;

  private FixedProbes() {}

  /** Two canaries, two ghosts, two examples of the hold-out. */
  static void describe(EventStream stream) {
    int[] given = {3, 7};
    int[] trueLabels = {4, 1};
    stream.add(
        0, 0, new ExamplesDescribed(ExampleRole.HOLDOUT, new int[] {100, 101}, given, trueLabels));
    stream.add(
        0, 0, new ExamplesDescribed(ExampleRole.CANARY, new int[] {102, 103}, given, trueLabels));
    stream.add(
        0, 0, new ExamplesDescribed(ExampleRole.GHOST, new int[] {104, 105}, given, trueLabels));
  }

  /** What is measured when an epoch ends. */
  static void measure(EventStream stream, int epoch, long step) {
    int[] ids = {200, 201, 202, 203, 204, 205, 206, 207};
    int[] found = new int[8];
    for (int i = 0; i < 2 * epoch; i++) {
      found[i] = 1 + i % 3;
    }
    for (double radius : new double[] {1, 8}) {
      stream.add(
          epoch, step, new CriticalSamplesSearched(Split.VALIDATION, radius, 10, ids, found));
    }
    stream.add(epoch, step, new CriticalSamplesSearched(Split.NOISE, 25, 10, ids, found));
    if (epoch > 0) {
      double[] matrix = {4, 1, 2, Double.NaN, 4, 1, 2, 1, 4};
      stream.add(
          epoch,
          step,
          new LossSensitivityMeasured(
              SensitivityKind.UNROLLED,
              step,
              new int[] {0, 1, 2, 3},
              new double[] {0.5, 0.25, 0.125, epoch},
              3,
              matrix));
      stream.add(
          epoch,
          step,
          new LossSensitivityMeasured(
              SensitivityKind.TRUNCATED,
              2,
              new int[] {0, 1},
              new double[] {epoch, Double.NaN},
              0,
              new double[0]));
    }
    look(stream, epoch, step, ExampleRole.TRAINING, new int[] {0, 1, 2}, false);
    look(stream, epoch, step, ExampleRole.HOLDOUT, new int[] {100, 101}, false);
    look(stream, epoch, step, ExampleRole.CANARY, new int[] {102, 103}, false);
    look(stream, epoch, step, ExampleRole.GHOST, new int[] {104, 105}, true);
    stream.add(epoch, step, new GradientSpectrumMeasured(4, new double[] {2, 1, 1, -1e-9}));
    score(stream, epoch, step);
    stream.add(epoch, step, new ProbeFailed("unrolled", "the adjoint exploded at step " + step));
    stream.add(
        epoch,
        step,
        new ProbesReported(
            List.of(
                new ProbesReported.Probe("csr", 3L + 3 * epoch, 0, epoch, 0.25 * (epoch + 1)),
                new ProbesReported.Probe("unrolled", epoch, 1L + epoch, 0, 0.5 * epoch))));
  }

  /** The pixels memorize, the untrained network does a little, and training adds to both. */
  private static void score(EventStream stream, int epoch, long step) {
    if (epoch == 0) {
      stream.add(
          epoch,
          step,
          ScoredEvents.fast(
              FeatureSource.PIXELS,
              ScoredEvents.scores(1_300, 1_300),
              ScoredEvents.scores(1_002, 1_000)));
    }
    stream.add(
        epoch,
        step,
        ScoredEvents.fast(
            FeatureSource.NETWORK,
            ScoredEvents.scores(1_200 + 200 * epoch, 1_160 + 80 * epoch),
            ScoredEvents.scores(1_004, 1_000 + epoch)));
  }

  /** Half of the probability on a class that moves with the epoch, the rest spread evenly. */
  private static void look(
      EventStream stream, int epoch, long step, ExampleRole role, int[] ids, boolean last) {
    float[] probabilities = new float[ids.length * CLASSES];
    for (int row = 0; row < ids.length; row++) {
      for (int c = 0; c < CLASSES; c++) {
        probabilities[row * CLASSES + c] = c == (row + epoch) % CLASSES ? 0.55f : 0.05f;
      }
    }
    stream.add(
        epoch,
        step,
        new PredictionsMonitored(
            role, last, CLASSES, ids, new int[0], probabilities, new float[0], new int[0]));
  }
}
