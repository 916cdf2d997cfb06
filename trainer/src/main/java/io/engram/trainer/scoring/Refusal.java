package io.engram.trainer.scoring;

/** Why a scorer does not do what it is asked to, by the failure codes that tell it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message cannot be read. */
  static final int MALFORMED = 400;

  /** There is no such task, or no longer. */
  static final int UNKNOWN = 404;

  /** Not the moment for it. */
  static final int OUT_OF_ORDER = 409;

  /** More than would ever be taken. */
  static final int TOO_LARGE = 413;

  /** The features or labels do not fit. */
  static final int UNFIT = 422;

  /** As much waits as is taken. */
  static final int BUSY = 429;

  /** Scoring itself failed. */
  static final int FAILED = 500;

  /** The scorer shuts down. */
  static final int CLOSING = 503;

  private final int code;

  Refusal(int code, String problem) {
    super(problem.replaceAll("\\p{Cntrl}", "?"));
    this.code = code;
  }

  int code() {
    return code;
  }
}
