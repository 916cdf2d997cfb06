package io.engram.collector.ingest;

import java.util.List;

/** A body of which nothing is taken, because some of its lines cannot be. */
public final class UnreadableLinesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<LineProblem> problems;

  UnreadableLinesException(List<LineProblem> problems) {
    super("nothing was taken: " + problems.get(0), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** The first of them, at least one. */
  public List<LineProblem> problems() {
    return problems;
  }
}
