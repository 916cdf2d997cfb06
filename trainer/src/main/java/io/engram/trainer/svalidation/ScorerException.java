package io.engram.trainer.svalidation;

/** Features could not be scored, through no fault of theirs; the message says why in one line. */
public final class ScorerException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean busy;

  /**
   * @param busy whether the scorer has as much waiting as it takes
   */
  public ScorerException(String problem, boolean busy) {
    super(problem);
    this.busy = busy;
  }

  /** Whether the scorer has as much waiting as it takes: the measurement is skipped, not failed. */
  public boolean busy() {
    return busy;
  }
}
