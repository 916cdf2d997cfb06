package io.engram.trainer.experiment.svalidation;

/**
 * Runs that are compared with each other, network by network.
 *
 * @param training number of images
 */
record Group(Inputs inputs, Optimizer optimizer, int training) {
  String name() {
    return "%s, %s, %,d images".formatted(inputs.words, optimizer.words, training);
  }

  String file() {
    return "%s-%s-%d".formatted(inputs.words, optimizer.words, training);
  }

  Group with(Inputs other) {
    return new Group(other, optimizer, training);
  }

  Group with(int images) {
    return new Group(inputs, optimizer, images);
  }
}
