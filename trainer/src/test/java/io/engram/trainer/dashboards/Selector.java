package io.engram.trainer.dashboards;

/**
 * A metric in a PromQL expression, with what is asked of it.
 *
 * @param metric its name
 * @param matchers what stands between its braces, empty if there are none
 * @param range what stands between its brackets, empty if there are none
 * @param function the function of which it is the first argument, empty if it is none's
 */
record Selector(String metric, String matchers, String range, String function) {
  /** Whether it only ever grows, so that its rate is what tells something. */
  boolean isCounter() {
    return metric.matches(".*_(total|count|sum|bucket)");
  }
}
