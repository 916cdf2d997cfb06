package io.engram.trainer.experiment.svalidation;

import io.engram.events.svalidation.Verdict;
import io.engram.trainer.experiment.Trainee;
import io.engram.trainer.svalidation.FeatureDiagnostics;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.LastHiddenLayer;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.PermutationNull;
import io.engram.trainer.svalidation.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores features, here and now.
 *
 * @param profile of all scores that are compared
 * @param confirming scored again with it where the verdict is undecided or below the null; null for
 *     never
 */
record Scoring(NullProfile profile, @Nullable NullProfile confirming, Workers workers) {

  /** The inputs themselves. */
  NullResult pixels(Images images, long seed) {
    Features train =
        LastHiddenLayer.pixels(
            images.training().shape(), images.training().size(), images.training()::copyInput);
    List<Features> sets =
        images.sets().stream()
            .map(set -> LastHiddenLayer.pixels(set.shape(), set.size(), set::copyInput))
            .toList();
    return scored(train, sets, images, profile, seed);
  }

  /** A network as it is now. */
  Checkpoint checkpoint(
      int epoch, Trainee trainee, LastHiddenLayer layer, Images images, long seed) {
    layer.use(trainee.parameters());
    Features train = layer.of(images.training());
    List<Features> sets = images.sets().stream().map(layer::of).toList();
    NullResult scores = scored(train, sets, images, profile, seed);
    boolean open =
        scores.judgements().stream()
            .anyMatch(
                judgement ->
                    judgement.verdict() == Verdict.UNDECIDED
                        || judgement.verdict() == Verdict.BELOW_NULL);
    return new Checkpoint(
        epoch,
        scores,
        scores.judgements(),
        confirming != null && open ? scored(train, sets, images, confirming, seed) : null,
        trainee.right(images.training()),
        trainee.right(images.validation()),
        FeatureDiagnostics.of(train));
  }

  /** Correct predictions of each set by a network as it is now, under these labels. */
  int[] observed(Trainee trainee, LastHiddenLayer layer, Images images, int[] labels, long seed) {
    layer.use(trainee.parameters());
    Features train = layer.of(images.training());
    List<Features> sets = images.sets().stream().map(layer::of).toList();
    return PermutationNull.observed(
        profile.classifier().prepare(train, sets, images.training().classes()),
        labels,
        seed,
        workers,
        () -> Thread.currentThread().isInterrupted());
  }

  private NullResult scored(
      Features train, List<Features> sets, Images images, NullProfile by, long seed) {
    return PermutationNull.run(
        by.classifier().prepare(train, sets, images.training().classes()),
        by,
        images.labels(),
        seed,
        workers,
        () -> Thread.currentThread().isInterrupted());
  }
}
