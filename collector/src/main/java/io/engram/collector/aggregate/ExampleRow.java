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
 * @param firstLearnedEpoch the epoch, from 0, in which it was first predicted as given, or -1
 * @param forgettingEvents times it went from correct to wrong between consecutive presentations
 * @param predictionChanges times its prediction differed from the one before
 * @param lastPredicted its last prediction
 * @param meanMargin mean over the presentations of the margin of the given label, logits
 * @param lossSum sum over the presentations of its cross-entropy, nats
 * @param meanConfidence mean over the presentations of the probability of the given label
 * @param confidenceDeviation standard deviation of the same (dividing by their number)
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
    double meanMargin,
    double lossSum,
    double meanConfidence,
    double confidenceDeviation) {}
