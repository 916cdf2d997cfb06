package io.engram.trainer.training;

/**
 * The parameters of a network after an update. The array is shared between threads and must not be
 * changed.
 *
 * @param epoch passes over the training set completed
 * @param step updates completed
 * @param parameters all of them in the network's order, running statistics of batch normalization
 *     included
 */
public record ParameterSnapshot(int epoch, long step, float[] parameters) {}
