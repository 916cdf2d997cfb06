package io.engram.trainer.experiment;

/** What an experiment says about a claim. */
public enum Verdict {
  REPRODUCED("REPRODUCED ✓"),
  NOT_REPRODUCED("NOT REPRODUCED ✗"),
  /** The numbers allow neither. */
  INCONCLUSIVE("INCONCLUSIVE"),
  /** What was asked for does not measure it; the reason says what would. */
  NOT_TESTED("NOT TESTED");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** {@link #REPRODUCED} if it holds, otherwise {@link #NOT_REPRODUCED}. */
  public static Verdict of(boolean holds) {
    return holds ? REPRODUCED : NOT_REPRODUCED;
  }

  @Override
  public String toString() {
    return words;
  }
}
