package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;

/**
 * What is known of one training example that was presented at least once.
 *
 * @param id the example
 * @param given its given label
 * @param trueLabel its label before noise, or -1 where not known
 * @param labels its label group
 * @param presentations times it was in a mini-batch
 * @param correct how many of them it was predicted as given
 * @param firstLearnedEpoch the epoch, from 0, in which it was first predicted as given, or -1;
 *     65,534 stands for that and all later ones
 * @param forgettingEvents times it went from correct to wrong between consecutive presentations, at
 *     most 65,535
 * @param predictionChanges times its prediction differed from the one before, at most 65,535
 * @param lastPredicted its last prediction, or -1 if that is no label
 * @param lastOther the last prediction that was not its given label: what the network says it is,
 *     or said before it memorized the label; -1 if there was none
 * @param meanMargin mean over the presentations of the margin of the given label, logits
 * @param lossSum sum over the presentations of its cross-entropy, nats
 * @param meanConfidence mean over the presentations of the probability of the given label
 * @param confidenceDeviation standard deviation of the same (dividing by their number)
 * @param inputGradient mean over the presentations of the L1 norm of the gradient of its loss by
 *     its input; 0 where that is not available
 * @param inputGradientSquares sum over the presentations of the squared L2 norm of the same
 * @param suspicion how likely its label is wrong by the latest ranking, see {@link
 *     MislabelScore#COMBINED}: 0 to 1; 0 before the first
 */
public record ExampleRow(
    int id,
    int given,
    int trueLabel,
    LabelGroup labels,
    int presentations,
    int correct,
    int firstLearnedEpoch,
    int forgettingEvents,
    int predictionChanges,
    int lastPredicted,
    int lastOther,
    double meanMargin,
    double lossSum,
    double meanConfidence,
    double confidenceDeviation,
    double inputGradient,
    double inputGradientSquares,
    double suspicion) {}
