package io.engram.trainer.svalidation;

import java.util.List;
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
}
