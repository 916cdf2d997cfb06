package io.engram.trainer.spec;

/**
 * Points with labels that are known to be wrong, drawn by the run itself. Their inputs are real
 * examples that belong to no other set of the run; their label is uniform over the classes other
 * than the given one.
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
