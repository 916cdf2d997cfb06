package io.engram.collector.ingest;

/**
 * A line that cannot be taken.
 *
 * @param line its number in the body, from 1
 * @param field the field at fault, as {@code event.loss[3]}; empty where it is the line itself
 * @param problem what is wrong, and what would be right
 */
public record LineProblem(int line, String field, String problem) {
  private static final int LONGEST = 500;

  /** What was sent stands in them: they are cut, and fill one line each whatever that was. */
  public LineProblem {
    field = shown(field);
    problem = shown(problem);
  }

  private static String shown(String text) {
    String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028\\u2029]", "?");
  }

  @Override
  public String toString() {
    return "line " + line + ": " + (field.isEmpty() ? "" : "field " + field + ": ") + problem;
  }
}
