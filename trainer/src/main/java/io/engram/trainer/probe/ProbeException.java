package io.engram.trainer.probe;

/** A measurement that could not be made; the message says in one line why, and what would help. */
public final class ProbeException extends Exception {
  private static final long serialVersionUID = 1;

  public ProbeException(String problem) {
    super(problem);
  }
}
