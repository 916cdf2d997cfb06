package io.engram.trainer.svalidation;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Breiman's random forest (2001) with the defaults of R's {@code randomForest} (Chaibub Neto 2018
 * names the method only): each tree on a bootstrap sample of n of n, the square root of the number
 * of features drawn at each node, Gini impurity, grown until no candidate splits, nodes of one row
 * allowed, thresholds halfway between values, majority vote. A node none of whose drawn features
 * varies is a leaf, as in R. Ties between classes, in a leaf and in the vote, are decided by the
 * seed, each class as likely; ties between splits by the order in which features were drawn, then
 * by the lower threshold.
 *
 * <p>The draws of a node depend on omega, the tree and the node's place in it alone, so neither the
 * number of sets nor of threads changes a result.
 *
 * <p>Cost of a fit: about trees × rows × depth × (mtry + sets) reads; see the benchmarks.
 */
public final class RandomForest implements ShallowClassifier {
  private static final int VERSION = 1;
  private static final int MOST_CLASSES = 256;

  private final int trees;
  private final @Nullable Integer mtry;

  /**
   * @param trees at least 1
   */
  public RandomForest(int trees) {
    this(trees, null);
  }

  /**
   * @param trees at least 1
   * @param mtry features drawn at each node, at least 1; null for the square root, rounded down
   */
  public RandomForest(int trees, @Nullable Integer mtry) {
    if (trees < 1) {
      throw new SValidationException("trees: is %d, must be at least 1".formatted(trees));
    }
    if (mtry != null && mtry < 1) {
      throw new SValidationException("mtry: is %d, must be at least 1".formatted(mtry));
    }
    this.trees = trees;
    this.mtry = mtry;
  }

  @Override
  public String id() {
    return "random-forest-v%d trees=%d mtry=%s nodesize=1"
        .formatted(VERSION, trees, mtry == null ? "sqrt" : mtry);
  }

  @Override
  public Prepared prepare(Features train, List<Features> sets, int classes) {
    Inputs.requireFitting(train, sets, classes, MOST_CLASSES);
    int drawn = mtry == null ? (int) Math.sqrt(train.columns()) : mtry;
    if (drawn > train.columns()) {
      throw new SValidationException(
          "there are %d features, must be at least the %d drawn at each node (mtry)"
              .formatted(train.columns(), drawn));
    }
    ForestData data = new ForestData(train, sets);
    return new PreparedForest(data, drawn, sets.size(), classes);
  }

  private final class PreparedForest implements Prepared {
    private final ForestData data;
    private final int drawn;
    private final int sets;
    private final int classes;
    private TreeGrower[] growers = new TreeGrower[0];

    PreparedForest(ForestData data, int drawn, int sets, int classes) {
      this.data = data;
      this.drawn = drawn;
      this.sets = sets;
      this.classes = classes;
    }

    @Override
    public String id() {
      return RandomForest.this.id();
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
      if (growers.length != workers.count()) {
        growers = growers(data, workers.count());
      }
      int[] winners = winners(growers, labels, omega, workers, cancelled);
      int[] correct = new int[sets];
      for (int held = 0; held < winners.length; held++) {
        correct[held / data.rows] += winners[held] == labels[held % data.rows] ? 1 : 0;
      }
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
      TreeGrower[] once = growers(data.predicting(others), workers.count());
      int[] winners = winners(once, labels, omega, workers, cancelled);
      int correct = 0;
      for (int row = 0; row < winners.length; row++) {
        correct += winners[row] == otherLabels[row] ? 1 : 0;
      }
      return correct;
    }

    /** The class that the forest gives each row to be predicted. */
    private int[] winners(
        TreeGrower[] growers,
        int[] labels,
        long omega,
        Workers workers,
        BooleanSupplier cancelled) {
      byte[] given = new byte[data.rows];
      for (int row = 0; row < given.length; row++) {
        given[row] = (byte) labels[row];
      }
      for (TreeGrower grower : growers) {
        grower.clear();
      }
      long key = Keys.mix(omega);
      workers.run(
          trees,
          cancelled,
          (worker, tree) -> growers[worker].grow(given, Keys.within(key, tree + 1L)));
      for (int i = 1; i < growers.length; i++) {
        growers[0].addVotes(growers[i]);
      }
      int[] winners = new int[growers[0].data.heldRows];
      long ties = Keys.within(key, 0);
      for (int held = 0; held < winners.length; held++) {
        winners[held] = growers[0].winner(held, trees, Keys.within(ties, held));
      }
      return winners;
    }

    private TreeGrower[] growers(ForestData data, int count) {
      TreeGrower[] made = new TreeGrower[count];
      for (int i = 0; i < count; i++) {
        made[i] =
            classes == 2
                ? new TwoClassGrower(data, drawn)
                : new ManyClassGrower(data, drawn, classes);
      }
      return made;
    }
  }
}
