package io.engram.trainer.experiment.svalidation;

import io.engram.events.NullScores;
import io.engram.trainer.svalidation.FeatureDiagnostics;
import io.engram.trainer.svalidation.NullResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Runs whose scores are given: 1,000 examples of two classes, 40 permutations, four sets. */
final class MadeUpRuns {
  static final Group REAL = new Group(Inputs.REAL, Optimizer.SGD, 1_000);
  static final Group GAUSSIAN = REAL.with(Inputs.GAUSSIAN);

  private static final List<Double> FRACTIONS = List.of(0.01, 0.05, 0.1, 1.0);
  private static final int EXAMPLES = 1_000;
  private static final int PERMUTATIONS = 40;

  private final List<NetworkRun> runs = new ArrayList<>();

  /**
   * A checkpoint; centres and observed scores as shares.
   *
   * @param centre of the sets, from little to much shuffled
   * @param observed of the sets
   * @param validation accuracy
   */
  record Given(int epoch, double[] centre, double[] observed, double validation) {
    /** Only what 5 % says is of interest. */
    static Given of(int epoch, double centre, double observed, double validation) {
      return new Given(
          epoch,
          new double[] {centre + 0.1, centre, (centre + 0.5) / 2, 0.5},
          new double[] {observed, observed, observed, 0.5},
          validation);
    }
  }

  /** A run of each seed from 1 on; the seeds differ a little. */
  MadeUpRuns with(int seeds, Group group, Net net, Given... given) {
    for (int seed = 1; seed <= seeds; seed++) {
      List<Checkpoint> checkpoints = new ArrayList<>();
      for (Given each : given) {
        checkpoints.add(checkpoint(each, 0.001 * seed, seed));
      }
      runs.add(new NetworkRun(group, net, seed, EXAMPLES, checkpoints, result(given[0], 0, seed)));
    }
    return this;
  }

  Runs runs() {
    return new Runs(FRACTIONS, runs);
  }

  private static Checkpoint checkpoint(Given given, double shift, long seed) {
    NullResult result = result(given, shift, seed);
    BitSet validated = new BitSet();
    validated.set(0, (int) Math.round((given.validation + shift) * EXAMPLES));
    return new Checkpoint(
        given.epoch,
        result,
        result.judgements(),
        null,
        validated,
        validated,
        new FeatureDiagnostics(16, 0, EXAMPLES, EXAMPLES, 0.1));
  }

  /** Permutations scatter by ± 0.005; the same ones at all checkpoints of a seed. */
  private static NullResult result(Given given, double shift, long seed) {
    List<NullScores> sets = new ArrayList<>();
    for (int set = 0; set < FRACTIONS.size(); set++) {
      Random random = new Random(seed);
      int[] permuted = new int[PERMUTATIONS];
      for (int b = 0; b < PERMUTATIONS; b++) {
        permuted[b] =
            (int) Math.round((given.centre[set] + shift) * EXAMPLES) + random.nextInt(11) - 5;
      }
      int observed = (int) Math.round((given.observed[set] + shift) * EXAMPLES);
      sets.add(
          new NullScores(observed, new int[] {observed - 1, observed, observed + 1}, permuted));
    }
    return new NullResult("made-up", "FAST", EXAMPLES, EXAMPLES / 2, true, sets);
  }
}
