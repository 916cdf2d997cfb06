package io.engram.trainer.training;

import io.engram.events.GradientNormsMeasured;

/**
 * What one step showed, before its update unless said otherwise. Arrays of examples are as in
 * {@link io.engram.events.ExamplesClassified}.
 *
 * @param correct examples predicted as their label
 * @param lossSum sum of the losses, nats
 * @param predicted class of each example
 * @param loss of each example, nats
 * @param margin of each example
 * @param inputGradientL1 of each example; empty if not available
 * @param inputGradientL2 of each example; empty if not available
 * @param gradientNorm of each example over all layers; empty if not available
 * @param layerGradientNorms of each example, layer by layer; NaN where not available
 * @param learningRate that the update used
 * @param norms of the layers
 */
public record StepMeasurement(
    int correct,
    double lossSum,
    int[] predicted,
    float[] loss,
    float[] margin,
    float[] inputGradientL1,
    float[] inputGradientL2,
    float[] gradientNorm,
    float[] layerGradientNorms,
    double learningRate,
    GradientNormsMeasured norms) {}
