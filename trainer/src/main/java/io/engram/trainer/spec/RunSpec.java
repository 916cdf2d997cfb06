package io.engram.trainer.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.engram.events.RunId;

/**
 * A run file, with the shipped defaults filled in where it is silent.
 *
 * @param run id of the run
 * @param data what it trains on
 * @param noise what is changed in it on purpose
 * @param network what it trains
 * @param optimizer how gradients become updates
 * @param regularization what holds the network back
 * @param training how long and in what portions
 * @param checkpoints when the run writes checkpoints by itself
 * @param probes what is measured between steps, and when
 * @param canaries points with wrong labels that tell when memorization is possible
 * @param onset what is done when the run begins to memorize
 */
public record RunSpec(
    RunId run,
    @JsonProperty(required = true) DataSpec data,
    NoiseSpec noise,
    @JsonProperty(required = true) NetworkSpec network,
    OptimizerSpec optimizer,
    RegularizationSpec regularization,
    TrainingSpec training,
    CheckpointSpec checkpoints,
    ProbesSpec probes,
    CanariesSpec canaries,
    OnsetSpec onset) {

  public RunSpec {
    if (data.training() != null && training.batch() > data.training()) {
      throw new InvalidSettingException(
          "training.batch",
          "is %d, must be at most the %d training examples"
              .formatted(training.batch(), data.training()));
    }
  }
}
