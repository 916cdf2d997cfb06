package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import java.util.List;

/**
 * The training examples of one label group. Predictions are those of training mode, before the
 * update of the step in which the example was presented.
 *
 * @param labels the group
 * @param examples described examples in it
 * @param presented examples that were presented at least once
 * @param learned examples whose last prediction was their given label
 * @param everLearned examples that were predicted as given at least once
 * @param forgettingEvents times that an example went from correct to wrong between two consecutive
 *     presentations (Toneva et al. 2019)
 * @param predictionChanges times that an example's prediction differed from the one before
 * @param forgetting distribution over the examples ever learned of their forgetting events
 * @param firstLearnedEpoch distribution over the examples ever learned of the epoch, from 0, in
 *     which they were first predicted as given
 * @param meanMargin distribution over the examples presented of their mean margin, logits (AUM,
 *     Pleiss et al. 2020); those whose mean is NaN are in no bucket
 * @param correctShare distribution over the examples presented of the share of their presentations
 *     that were predicted as given, their difficulty
 * @param confidence the examples presented on the data map; those whose confidence was NaN are in
 *     no cell
 */
public record ExampleGroupSnapshot(
    LabelGroup labels,
    long examples,
    long presented,
    long learned,
    long everLearned,
    long forgettingEvents,
    long predictionChanges,
    Distribution forgetting,
    Distribution firstLearnedEpoch,
    Distribution meanMargin,
    Distribution correctShare,
    List<ConfidenceCell> confidence) {}
