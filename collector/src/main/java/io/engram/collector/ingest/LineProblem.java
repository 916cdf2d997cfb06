package io.engram.collector.ingest;

/**
 * A line that cannot be taken.
 *
 * @param line its number in the body, from 1
 * @param field the field at fault, as {@code event.loss[3]}; empty where it is the line itself
 * @param problem what is wrong, and what would be right
 */
public record LineProblem(int line, String field, String problem) {
  @Override
  public String toString() {
    return "line " + line + ": " + (field.isEmpty() ? "" : "field " + field + ": ") + problem;
  }
}
