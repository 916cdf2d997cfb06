package io.engram.trainer.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.svalidation.PermutationNull;
import io.engram.trainer.svalidation.RandomForest;
import io.engram.trainer.svalidation.ShallowClassifier.Prepared;
import io.engram.trainer.svalidation.SyntheticFeatures;
import io.engram.trainer.svalidation.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A permutation null of 16 features and 3 sets with 100 trees: processor time of the whole process
 * against R's ranger and randomForest (features prepared anew in each round), the largest
 * difference between the sets' mean accuracies, and how much two threads save. Each round fits the
 * same permutations everywhere, others in every round.
 */
final class ForestBenchmark implements Benchmark {
  private static final int TREES = 100;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final List<String> PACKAGES = List.of("ranger", "randomForest");
  private static final double NONE = Double.NaN;

  private final int rows;
  private final int classes;
  private final int rounds;
  private final int perRound;
  private final double[] aims;

  /**
   * @param perRound permutations in each round
   * @param aims ours / theirs, of each package
   */
  private ForestBenchmark(int rows, int classes, int rounds, int perRound, double... aims) {
    this.rows = rows;
    this.classes = classes;
    this.rounds = rounds;
    this.perRound = perRound;
    this.aims = aims;
  }

  static List<Benchmark> all() {
    return List.of(
        new ForestBenchmark(2_000, 2, 10, 10, 1.0 / 8, 1.0 / 8),
        new ForestBenchmark(10_000, 10, 5, 2, 1.0 / 5, NONE));
  }

  @Override
  public String name() {
    return "forest %,d × 16, %d classes".formatted(rows, classes);
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    SyntheticFeatures problem = SyntheticFeatures.of(rows, classes, 1);
    List<int[]> labels = new ArrayList<>();
    for (int b = 0; b < rounds * perRound; b++) {
      labels.add(PermutationNull.permuted(problem.labels(), 1, b));
    }
    List<BenchmarkRow> rows = new ArrayList<>();
    try (Workers one = new Workers(1);
        Workers two = new Workers(2);
        RForests r = r(problem, labels)) {
      Turns ours = new Turns(problem, labels, one);
      for (int warmUp = 0; warmUp < 3; warmUp++) {
        ours.cpu(0);
      }
      if (r != null) {
        System.out.println("compared with " + r.version());
        rows.addAll(compared(problem, ours, r));
      }
      rows.add(threads(new Turns(problem, labels, one), new Turns(problem, labels, two)));
    }
    return rows;
  }

  private List<BenchmarkRow> compared(SyntheticFeatures problem, Turns ours, RForests r)
      throws IOException {
    double[][] seconds = new double[1 + PACKAGES.size()][rounds];
    double[][] means = new double[1 + PACKAGES.size()][problem.sets().size()];
    double total = (double) rounds * perRound * this.rows;
    for (int round = 0; round < rounds; round++) {
      seconds[0][round] = ours.cpu(round);
      for (int other = 0; other < PACKAGES.size(); other++) {
        for (int i = 0; i < perRound; i++) {
          RForests.Fit fit = r.fit(PACKAGES.get(other), TREES, round * perRound + i);
          seconds[1 + other][round] += fit.cpu();
          add(means[1 + other], fit.correct(), total);
        }
      }
    }
    for (int[] correct : ours.correct) {
      add(means[0], correct, total);
    }
    List<BenchmarkRow> rows = new ArrayList<>();
    for (int other = 0; other < PACKAGES.size(); other++) {
      String what = name() + ": engram / " + PACKAGES.get(other);
      Estimate ratio = Estimate.ratioOfMedians(seconds[0], seconds[1 + other]);
      rows.add(new BenchmarkRow(what, ratio, "ratio", aims[other], Better.LOWER));
      double difference = 0;
      for (int set = 0; set < means[0].length; set++) {
        difference = Math.max(difference, Math.abs(means[0][set] - means[1 + other][set]));
      }
      rows.add(
          new BenchmarkRow(
              name() + ": accuracy, engram − " + PACKAGES.get(other),
              new Estimate(difference, difference, difference),
              "share",
              0.01,
              Better.LOWER));
    }
    return rows;
  }

  private static void add(double[] means, int[] correct, double total) {
    for (int set = 0; set < means.length; set++) {
      means[set] += correct[set] / total;
    }
  }

  private BenchmarkRow threads(Turns one, Turns two) throws Exception {
    Interleaved found = Interleaved.measure(1, rounds, () -> one.wall(0), () -> two.wall(0));
    return new BenchmarkRow(
        name() + ": wall, one thread / two", found.ratio(0, 1), "ratio", 1.8, Better.HIGHER);
  }

  private @Nullable RForests r(SyntheticFeatures problem, List<int[]> labels) {
    try {
      return new RForests(problem, labels);
    } catch (IOException e) {
      System.out.println("not compared with R: " + e.getMessage());
      return null;
    }
  }

  /** Our forest's turns. */
  private final class Turns {
    private final SyntheticFeatures problem;
    private final List<int[]> labels;
    private final Workers workers;

    /** Correct predictions of each set, of the last fit of each permutation. */
    private final int[][] correct;

    Turns(SyntheticFeatures problem, List<int[]> labels, Workers workers) {
      this.problem = problem;
      this.labels = labels;
      this.workers = workers;
      correct = new int[labels.size()][];
    }

    double cpu(int round) {
      long began = PROCESS.getProcessCpuTime();
      fit(round);
      return (PROCESS.getProcessCpuTime() - began) / 1e9;
    }

    double wall(int round) {
      long began = System.nanoTime();
      fit(round);
      return (System.nanoTime() - began) / 1e9;
    }

    private void fit(int round) {
      Prepared prepared =
          new RandomForest(TREES).prepare(problem.train(), problem.sets(), problem.classes());
      for (int b = round * perRound; b < (round + 1) * perRound; b++) {
        correct[b] = prepared.score(labels.get(b), 1, workers, () -> false);
      }
    }
  }
}
