package io.engram.trainer.experiment.easyhard;

import io.engram.trainer.experiment.Condition;
import java.util.List;

/**
 * The conditions of {@link EasyHard} at one size of the training set.
 *
 * @param training examples
 * @param ids of the evaluated examples
 * @param results in the order of the conditions
 */
record EasyHardScale(int training, int[] ids, List<EasyHardResult> results) {
  EasyHardScale {
    results = List.copyOf(results);
  }

  EasyHardResult of(Condition condition) {
    return results.get(condition.ordinal());
  }
}
