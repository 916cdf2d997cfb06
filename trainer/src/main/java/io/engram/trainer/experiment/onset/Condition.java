package io.engram.trainer.experiment.onset;

/**
 * Runs that differ in their seed alone.
 *
 * @param entry name of its entry in the grid
 * @param data the data set's name in the grid
 * @param canaries how many
 * @param expect what is right to happen
 */
record Condition(String entry, String data, int canaries, Expectation expect) {
  /** {@code mnist/uniform-0.4/canaries-100}. */
  String name() {
    return data + "/" + entry + (canaries > 0 ? "/canaries-" + canaries : "");
  }
}
