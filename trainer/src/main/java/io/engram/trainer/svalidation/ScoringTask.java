package io.engram.trainer.svalidation;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Features of one checkpoint, or of the inputs themselves, to be scored.
 *
 * @param train features of the training examples
 * @param sets features of their perturbed copies, row by row the same examples, at least one set
 * @param labels class of each training example, as given
 * @param validation features of validation examples; null for none
 * @param validationLabels class of each of them
 * @param classes labels are 0 to classes - 1
 * @param profile how much work is done
 * @param seed fixes the permutations and the classifier's draws: a run's, and the same at all its
 *     checkpoints
 */
public record ScoringTask(
    Features train,
    List<Features> sets,
    int[] labels,
    @Nullable Features validation,
    int[] validationLabels,
    int classes,
    NullProfile profile,
    long seed) {
  public ScoringTask {
    sets = List.copyOf(sets);
  }

  /**
   * Does it.
   *
   * @param cancelled asked between parts of the work
   * @throws SValidationException if the features or labels do not fit
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public Scores score(Workers workers, BooleanSupplier cancelled) {
    ShallowClassifier.Prepared prepared = profile.classifier().prepare(train, sets, classes);
    int right = 0;
    if (validation != null) {
      right =
          prepared.scoreOthers(
              labels,
              validation,
              validationLabels,
              PermutationNull.omega(seed),
              workers,
              cancelled);
    }
    return new Scores(
        PermutationNull.run(prepared, profile, labels, seed, workers, cancelled), right);
  }
}
