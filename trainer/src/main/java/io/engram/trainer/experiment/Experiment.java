package io.engram.trainer.experiment;

import java.util.List;

/** An experiment that can be run by name and answers claims. */
public interface Experiment {
  /** What selects it: lower case, words joined by hyphens. */
  String name();

  /** What it asks, in one line. */
  String description();

  /** What can be set about it, each with a default. */
  List<Parameter> parameters();

  /**
   * Names of the data sets that it is run on where none is named: the first whose files are on this
   * machine, and otherwise generated images.
   */
  default List<String> datasets() {
    return List.of("mnist");
  }

  /**
   * Runs it to its end.
   *
   * @throws io.engram.trainer.spec.InvalidSettingException if the parameters do not go together or
   *     with the data
   * @throws io.engram.trainer.dataset.DatasetException if the data cannot be had
   */
  Report run(ExperimentContext context);
}
