package io.engram.trainer.training;

import io.engram.events.GradientNormsMeasured;

/**
 * What one step showed, before its update unless said otherwise. Arrays of examples are as in
 * {@link io.engram.events.ExamplesClassified}.
 *
 * @param learningRate that the update used
 * @param norms of the layers
 */
record StepMeasurement(
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
