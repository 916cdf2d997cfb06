package io.engram.trainer.dataset;

/**
 * A data set as read.
 *
 * @param name what a run file calls it
 * @param classes number of classes
 * @param training examples to train on
 * @param validation examples kept apart
 * @param origin where it came from, one line
 */
record Source(String name, int classes, RawSet training, RawSet validation, String origin) {}
