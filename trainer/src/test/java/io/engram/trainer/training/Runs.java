package io.engram.trainer.training;

import io.engram.events.RunId;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.CheckpointSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.OnsetSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs of three epochs on a few generated examples of 14 x 14 pixels. */
final class Runs {
  private static final DataSpec GLYPHS = new DataSpec("glyphs", null, 110, 40, 0, 2, true, false);
  private static final DataLocations LOCATIONS = new DataLocations(List.of(), Path.of("none"));

  private final String network;
  private int batch = 32;
  private long seed = 1;
  private int epochs = 3;
  private @Nullable Double untilAccuracy;
  private OptimizerSpec optimizer = OptimizerSpec.sgd(0.05);
  private int holdout;
  private CanariesSpec canaries = CanariesSpec.NONE;
  private RegularizationSpec regularization = RegularizationSpec.NONE;

  private Runs(String network) {
    this.network = network;
  }

  static Runs spec(String network) {
    return new Runs(network);
  }

  Runs batch(int examples) {
    batch = examples;
    return this;
  }

  Runs seed(long value) {
    seed = value;
    return this;
  }

  Runs epochs(int value) {
    epochs = value;
    return this;
  }

  Runs adam() {
    optimizer = Problems.optimizer(OptimizerSpec.Name.ADAM);
    return this;
  }

  Runs holdout(int examples) {
    holdout = examples;
    return this;
  }

  Runs canaries(int count, int ghosts) {
    canaries = new CanariesSpec(count, ghosts);
    return this;
  }

  Runs regularization(RegularizationSpec value) {
    regularization = value;
    return this;
  }

  Runs untilAccuracy(double accuracy) {
    untilAccuracy = accuracy;
    return this;
  }

  RunSpec build() {
    return new RunSpec(
        new RunId("test"),
        new DataSpec("glyphs", null, 110, 40, holdout, 2, true, false),
        NoiseSpec.labels(0.4, NoiseSpec.Kind.UNIFORM),
        new NetworkSpec(network, null),
        optimizer,
        regularization,
        new TrainingSpec(epochs, batch, seed, 1, untilAccuracy),
        new CheckpointSpec(0),
        ProbesSpec.NONE,
        canaries,
        OnsetSpec.NONE);
  }

  /** The examples that a run asks for. */
  static RunData data(RunSpec spec) {
    return Datasets.load(
        spec.data(), spec.noise(), spec.canaries(), 1, LOCATIONS, DownloadProgress.NONE);
  }

  /** Examples with a share of random labels. */
  static RunData data(double share) {
    return Datasets.load(
        GLYPHS,
        NoiseSpec.labels(share, NoiseSpec.Kind.UNIFORM),
        1,
        LOCATIONS,
        DownloadProgress.NONE);
  }
}
