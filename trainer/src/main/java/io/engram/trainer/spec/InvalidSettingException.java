package io.engram.trainer.spec;

/** A setting that cannot be: which one, what is wrong, and what would be right. One line. */
public final class InvalidSettingException extends RuntimeException {
  private static final int LONGEST = 2_000;

  private final String field;
  private final String problem;

  /**
   * @param field path of the setting as a user writes it, {@code optimizer.learning_rate}; relative
   *     to the record that finds the fault
   * @param problem what is wrong and what would be right, without the path
   */
  public InvalidSettingException(String field, String problem) {
    super(oneLine(field.isEmpty() ? problem : field + ": " + problem));
    this.field = field;
    this.problem = problem;
  }

  /** What was written stands in it, whatever that is. */
  private static String oneLine(String text) {
    String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028\\u2029]", "?");
  }

  /** The same fault seen from the record that holds the one at fault. */
  public InvalidSettingException within(String parent) {
    if (parent.isEmpty()) {
      return this;
    }
    return new InvalidSettingException(field.isEmpty() ? parent : parent + "." + field, problem);
  }

  /** Path of the setting. */
  public String field() {
    return field;
  }
}
