package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.spec.OptimizerSpec;

/** How weights are updated. The paper does not state RmsProp's rate; Keras's default is 0.001. */
enum Optimizer {
  SGD("sgd", OptimizerSpec.sgd(0.01)),
  RMSPROP(
      "rmsprop",
      new OptimizerSpec(OptimizerSpec.Name.RMSPROP, 0.001, 0, OptimizerSpec.Schedule.CONSTANT));

  final String words;
  final OptimizerSpec spec;

  Optimizer(String words, OptimizerSpec spec) {
    this.words = words;
    this.spec = spec;
  }
}
