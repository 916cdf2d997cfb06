package io.engram.trainer.dataset;

import io.engram.events.RunStarted;

/**
 * The examples of a run, ready to train on.
 *
 * @param training with the noise that was asked for
 * @param validation clean; empty where every training example has a class of its own, since no
 *     label of another example could be right then
 * @param standardization what was applied to every input
 * @param describedDataset the data set's part of the run header
 * @param describedNoise the noise's part of the run header
 * @param origin one line that says where the data came from and how much there was
 */
public record RunData(
    ExampleSet training,
    ExampleSet validation,
    Standardization standardization,
    RunStarted.Dataset describedDataset,
    RunStarted.Noise describedNoise,
    String origin) {}
