package io.engram.trainer.probe.sensitivity;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the loss after some updates depends on the inputs that they used.
 *
 * @param step t: updates completed
 * @param updates those that were differentiated through: the last so many before t
 * @param byExample for each tracked example the L1 norm over its inputs of the derivative of the
 *     loss; 0 for one that no update used
 * @param used whether an update used the example
 * @param classMatrix element i, j: mean over the tracked examples of label j and over inputs of the
 *     absolute derivative of class i's term of the loss; NaN for a label without examples; null
 *     where not asked for
 * @param divergedAt steps, counted back from t, after which the adjoint had grown beyond {@link
 *     Unroll#DIVERGED} or was no number; the other values are meaningless then. 0 if it never did
 */
public record Sensitivity(
    long step,
    long updates,
    double[] byExample,
    boolean[] used,
    double @Nullable [][] classMatrix,
    long divergedAt) {
  /** Whether there are values. */
  public boolean diverged() {
    return divergedAt > 0;
  }

  /** The tracked examples that were used, by their place among the tracked. */
  public int[] places() {
    return IntStream.range(0, used.length).filter(i -> used[i]).toArray();
  }
}
