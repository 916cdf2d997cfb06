package io.engram.trainer.spec;

/**
 * Points with labels that are known to be wrong, drawn by the run itself. Their inputs are real
 * examples that belong to no other set of the run, drawn as the hold-out is; their label is uniform
 * over the classes other than the given one, fixed by (seed, id).
 *
 * <p>100 canaries, or half a percent of the training examples where that is less, but not under 30,
 * are enough to tell memorization and too few to do harm. Ghosts alone change nothing in training.
 *
 * @param count canaries: added to the training examples, left out of their accuracy
 * @param ghosts never trained on
 */
public record CanariesSpec(int count, int ghosts) {
  /** No canary and no ghost. */
  public static final CanariesSpec NONE = new CanariesSpec(0, 0);

  public CanariesSpec {
    Settings.atLeast("count", count, 0);
    Settings.atLeast("ghosts", ghosts, 0);
  }
}
