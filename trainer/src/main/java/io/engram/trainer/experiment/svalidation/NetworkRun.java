package io.engram.trainer.experiment.svalidation;

import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import io.engram.trainer.svalidation.NullResult;
import java.util.List;
import java.util.Optional;

/**
 * One training run with its checkpoints.
 *
 * @param seed of images, s-validation sets, permutations, initial weights and order
 * @param validation number of validation examples
 * @param checkpoints in ascending order of their epochs, the first of the untrained network
 * @param pixels scores of the inputs themselves
 */
record NetworkRun(
    Group group,
    Net net,
    long seed,
    int validation,
    List<Checkpoint> checkpoints,
    NullResult pixels) {
  NetworkRun {
    checkpoints = List.copyOf(checkpoints);
  }

  Checkpoint untrained() {
    return checkpoints.get(0);
  }

  Checkpoint last() {
    return checkpoints.get(checkpoints.size() - 1);
  }

  /** The checkpoints of an epoch from here on. */
  List<Checkpoint> from(int epoch) {
    return checkpoints.stream().filter(checkpoint -> checkpoint.epoch() >= epoch).toList();
  }

  Optional<Checkpoint> at(int epoch) {
    return checkpoints.stream().filter(checkpoint -> checkpoint.epoch() == epoch).findFirst();
  }

  /** The last checkpoint of an epoch up to here; that of the untrained network at least. */
  Checkpoint upTo(int epoch) {
    Checkpoint found = untrained();
    for (Checkpoint checkpoint : checkpoints) {
      found = checkpoint.epoch() <= epoch ? checkpoint : found;
    }
    return found;
  }

  double validation(Checkpoint checkpoint) {
    return (double) checkpoint.validated().cardinality() / validation;
  }

  double training(Checkpoint checkpoint) {
    return (double) checkpoint.trained().cardinality() / group.training();
  }

  Judgement pixels(int set) {
    return pixels.judgements().get(set);
  }

  /** A checkpoint beside the controls. */
  Attribution attribution(Checkpoint checkpoint, int set) {
    return Attribution.of(
        checkpoint.judgements().get(set), untrained().judgements().get(set), pixels(set));
  }
}
