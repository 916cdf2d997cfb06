package io.engram.trainer.spec;

/**
 * When checkpoints are written without being asked for.
 *
 * @param everyEpochs a checkpoint after every so many epochs; 0 for none but those asked for
 */
public record CheckpointSpec(int everyEpochs) {
  public CheckpointSpec {
    Settings.atLeast("every_epochs", everyEpochs, 0);
  }
}
