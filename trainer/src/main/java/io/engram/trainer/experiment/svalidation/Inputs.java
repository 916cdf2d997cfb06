package io.engram.trainer.experiment.svalidation;

/** What is learned from. */
enum Inputs {
  /** Images. */
  REAL("real"),
  /** Gaussian pixels under the labels of images, in training and validation alike. */
  GAUSSIAN("gaussian");

  final String words;

  Inputs(String words) {
    this.words = words;
  }
}
