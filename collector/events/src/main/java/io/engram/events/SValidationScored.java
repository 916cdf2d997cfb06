package io.engram.events;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Scores of a shallow classifier on features of training examples and of their perturbed copies
 * (Chaibub Neto 2018, Algorithm 1), as counts; {@link io.engram.events.svalidation} says what they
 * mean. Scores of different classifiers, or of other examples, are different statistics and must
 * not be compared.
 *
 * @param source where the features come from
 * @param classifier id of the classifier: kind, version and settings
 * @param profile name of the profile, as {@code FAST}
 * @param examples of each set, at least 1
 * @param mostCommon examples of the most common class, 1 to {@code examples}: its share is chance
 * @param complete whether all permutations of the profile were drawn, none spared
 * @param sets the sets of perturbed copies, each name once
 * @param validationExamples clean validation examples that the same classifier was asked about
 * @param validationCorrect how many of them it got right, fitted to the labels as given
 * @param features of the training examples
 * @param durationSeconds what features and scores took together
 */
public record SValidationScored(
    FeatureSource source,
    String classifier,
    String profile,
    int examples,
    int mostCommon,
    boolean complete,
    List<PerturbedSet> sets,
    int validationExamples,
    int validationCorrect,
    Features features,
    double durationSeconds)
    implements TrainingEvent {

  /**
   * Perturbed copies of the training examples.
   *
   * @param name of the perturbation, unique for its settings, as {@code 0.05} for 5 % of the pixels
   *     shuffled; a label of metrics
   * @param scores correct predictions, each 0 to {@code examples}
   */
  public record PerturbedSet(String name, NullScores scores) {}

  /**
   * What tells collapsed features from forgotten ones.
   *
   * @param units number of features
   * @param deadUnits features with one value for all examples
   * @param distinctRows number of examples whose features differ
   * @param meanAbsoluteCorrelation mean of |Pearson's r| over all pairs of live features, 0 to 1;
   *     NaN with fewer than two of them
   */
  public record Features(
      int units, int deadUnits, int distinctRows, double meanAbsoluteCorrelation) {}

  /**
   * @throws IllegalArgumentException if a count is out of range, there is no set, or two have one
   *     name or other numbers of permutations
   */
  public SValidationScored {
    require(examples >= 1, "examples %d must be at least 1", examples);
    require(
        mostCommon >= 1 && mostCommon <= examples,
        "mostCommon %d is not between 1 and examples %d",
        mostCommon,
        examples);
    require(
        validationCorrect >= 0 && validationCorrect <= validationExamples,
        "validationCorrect %d is not between 0 and validationExamples %d",
        validationCorrect,
        validationExamples);
    sets = List.copyOf(sets);
    require(!sets.isEmpty(), "has no sets");
    Set<String> names = new HashSet<>();
    int permutations = sets.get(0).scores().permuted().length;
    require(permutations >= 2, "has %d permutations, must be at least 2", permutations);
    for (PerturbedSet set : sets) {
      require(names.add(set.name()), "has the set '%s' twice", set.name());
      int own = set.scores().permuted().length;
      require(own == permutations, "has sets of %d and %d permutations", permutations, own);
      requireCount(set.scores().observed(), examples);
      for (int count : set.scores().repeats()) {
        requireCount(count, examples);
      }
      for (int count : set.scores().permuted()) {
        requireCount(count, examples);
      }
    }
  }

  private static void requireCount(int count, int examples) {
    require(
        count >= 0 && count <= examples,
        "has the score %d, which is not between 0 and examples %d",
        count,
        examples);
  }

  private static void require(boolean holds, String problem, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException("SValidationScored " + problem.formatted(values));
    }
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onSValidationScored(envelope, this);
  }
}
