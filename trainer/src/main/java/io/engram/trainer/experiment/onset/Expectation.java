package io.engram.trainer.experiment.onset;

import java.util.Locale;

/** What is right to happen under a condition. */
public enum Expectation {
  /** Wrong labels are there and are fitted: to be raised. */
  ONSET,
  /** No wrong label is there but canaries: to be silent. */
  SILENT,
  /** Nothing is claimed; what happens is reported. */
  REPORT;

  /** As it is written in a grid file. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
