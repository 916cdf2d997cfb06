package io.engram.trainer.experiment;

import io.engram.trainer.dataset.DataLocations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Experiments on generated images, which need no files. */
public final class OnGlyphs {
  private OnGlyphs() {}

  /** What an experiment says with these settings, the others as they are declared. */
  public static Report run(Experiment experiment, Map<String, String> settings) {
    return experiment.run(context(experiment.parameters(), settings));
  }

  /** What an experiment with these parameters is run with. */
  public static ExperimentContext context(
      List<Parameter> parameters, Map<String, String> settings) {
    return new ExperimentContext(
        Parameters.of(parameters, settings),
        "glyphs",
        new DataLocations(List.of(), Path.of("none")),
        Progress.NONE);
  }
}
