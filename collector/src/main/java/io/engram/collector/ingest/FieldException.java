package io.engram.collector.ingest;

/**
 * A field that is not as it should be. Thrown relative to the place that reads it; {@link #within}
 * adds what is around it.
 */
final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String problem;

  /**
   * @param field empty stands for the value itself
   * @param problem what is wrong and would be right, to follow the name
   */
  FieldException(String field, String problem) {
    super(field + ": " + problem, null, false, false);
    this.field = field;
    this.problem = problem;
  }

  /** The value itself must be something else. */
  static FieldException mustBe(String right, Object was) {
    return new FieldException("", "must be " + right + ", was " + Words.brief(was));
  }

  FieldException within(String parent) {
    String separator = field.isEmpty() || field.startsWith("[") ? "" : ".";
    return new FieldException(parent + separator + field, problem);
  }

  String field() {
    return field;
  }

  String problem() {
    return problem;
  }
}
