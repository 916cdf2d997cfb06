package io.engram.trainer.experiment;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.DatasetDescription;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NoiseSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an experiment runs with. */
public final class ExperimentContext {
  private static final String GENERATED = "glyphs";

  private final Parameters parameters;
  private final DataLocations locations;
  private final Progress progress;
  private final String dataset;

  /**
   * @param dataset name of the data set; null for MNIST where its files are there, and otherwise
   *     the generated glyphs
   */
  public ExperimentContext(
      Parameters parameters, @Nullable String dataset, DataLocations locations, Progress progress) {
    this(parameters, dataset, List.of("mnist"), locations, progress);
  }

  /**
   * @param dataset name of the data set; null for the first of the preferred ones whose files are
   *     there, and otherwise the generated glyphs
   */
  public ExperimentContext(
      Parameters parameters,
      @Nullable String dataset,
      List<String> preferred,
      DataLocations locations,
      Progress progress) {
    this.parameters = parameters;
    this.locations = locations;
    this.progress = progress;
    Optional<String> found = preferred.stream().filter(name -> isHere(name, locations)).findFirst();
    if (dataset != null) {
      this.dataset = dataset;
    } else if (found.isPresent()) {
      this.dataset = found.get();
    } else {
      this.dataset = GENERATED;
      progress.say(
          "MNIST is not on this machine, so this runs on generated images, and its numbers are not"
              + " those of MNIST; --dataset mnist downloads it");
    }
  }

  private static boolean isHere(String name, DataLocations locations) {
    return Datasets.all(locations).stream()
        .filter(set -> set.name().equals(name))
        .anyMatch(DatasetDescription::here);
  }

  /** What was set. */
  public Parameters parameters() {
    return parameters;
  }

  /** Name of the data set. */
  public String dataset() {
    return dataset;
  }

  /** Where the experiment tells how it goes on. */
  public Progress progress() {
    return progress;
  }

  /** Part of the data set, standardized: so many training and validation examples. */
  public DataSpec data(int training, int validation) {
    return data(training, validation, true);
  }

  /** The same, with inputs of mean 0 and variance 1 or in 0 to 1. */
  public DataSpec data(int training, int validation, boolean standardize) {
    return new DataSpec(dataset, null, training, validation, 0, 1, standardize, false);
  }

  /**
   * The examples of a run.
   *
   * @param seed fixes the draw of a part and the noise
   */
  public RunData load(DataSpec data, NoiseSpec noise, long seed) {
    return Datasets.load(data, noise, seed, locations, DownloadProgress.NONE);
  }
}
