package io.engram.trainer.svalidation;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Totally random trees: at each node a feature that varies and a threshold between its least and
 * greatest value are drawn, without a look at the labels, until every row stands alone. The trees
 * are grown once for all permutations; each gives a perturbed copy the label of the training row
 * that it falls beside (one drawn by the seed, where identical rows remain). Majority vote, ties
 * drawn by the seed. Another statistic than the forest's, for the curve of the null's centre only.
 *
 * <p>Cost: about trees × rows × (1 + sets) × log rows once, trees × rows × sets a fit, and two
 * bytes for each of these.
 */
public final class LabelFreeTrees implements ShallowClassifier {
  private static final int VERSION = 1;

  private final int trees;

  /**
   * @param trees at least 1
   */
  public LabelFreeTrees(int trees) {
    if (trees < 1) {
      throw new SValidationException("trees: is %d, must be at least 1".formatted(trees));
    }
    this.trees = trees;
  }

  @Override
  public String id() {
    return "label-free-trees-v%d trees=%d".formatted(VERSION, trees);
  }

  @Override
  public Prepared prepare(Features train, List<Features> sets, int classes) {
    Inputs.requireFitting(train, sets, classes, 256);
    return new PreparedTrees(new ForestData(train, sets), sets.size(), classes);
  }

  private final class PreparedTrees implements Prepared {
    private final ForestData data;
    private final int sets;
    private final int classes;
    private final char[][] beside;
    private boolean grown;
    private long grownFor;

    PreparedTrees(ForestData data, int sets, int classes) {
      this.data = data;
      this.sets = sets;
      this.classes = classes;
      beside = new char[trees][data.heldRows];
    }

    @Override
    public String id() {
      return LabelFreeTrees.this.id();
    }

    @Override
    public int rows() {
      return data.rows;
    }

    @Override
    public int sets() {
      return sets;
    }

    @Override
    public int classes() {
      return classes;
    }

    @Override
    public int[] score(int[] labels, long omega, Workers workers, BooleanSupplier cancelled) {
      Inputs.requireLabels(labels, data.rows, classes);
      long key = Keys.mix(omega);
      if (!grown || grownFor != omega) {
        grown = false;
        grow(data, beside, key, workers, cancelled);
        grown = true;
        grownFor = omega;
      }
      int[] correct = new int[sets];
      long ties = Keys.within(key, 0);
      workers.run(
          sets,
          cancelled,
          (worker, set) -> correct[set] = correct(beside, set * data.rows, labels, labels, ties));
      return correct;
    }

    @Override
    public int scoreOthers(
        int[] labels,
        Features others,
        int[] otherLabels,
        long omega,
        Workers workers,
        BooleanSupplier cancelled) {
      Inputs.requireLabels(labels, data.rows, classes);
      Inputs.requireOthers(others, otherLabels, data.features, classes);
      char[][] besideOthers = new char[trees][others.rows()];
      long key = Keys.mix(omega);
      grow(data.predicting(others), besideOthers, key, workers, cancelled);
      return correct(besideOthers, 0, labels, otherLabels, Keys.within(key, 0));
    }

    private void grow(
        ForestData data, char[][] beside, long key, Workers workers, BooleanSupplier cancelled) {
      workers.run(
          trees,
          cancelled,
          (worker, tree) ->
              new LabelFreeGrower(data).grow(Keys.within(key, tree + 1L), beside[tree]));
    }

    /** Of the predicted rows from {@code first} on, one for each label asked about. */
    private int correct(char[][] beside, int first, int[] labels, int[] asked, long ties) {
      int[] votes = new int[asked.length * classes];
      for (char[] rows : beside) {
        for (int row = 0; row < asked.length; row++) {
          votes[row * classes + labels[rows[first + row]]]++;
        }
      }
      int right = 0;
      for (int row = 0; row < asked.length; row++) {
        int winner = Majority.of(votes, row * classes, classes, Keys.within(ties, first + row));
        right += winner == asked[row] ? 1 : 0;
      }
      return right;
    }
  }
}
