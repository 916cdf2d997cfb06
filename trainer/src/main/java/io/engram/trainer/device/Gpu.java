package io.engram.trainer.device;

/** A GPU by its product name. */
record Gpu(String name, ComputeCapability capability) {
  /**
   * What ND4J's CUDA 11.6 binary can run on: it holds machine code for 3.7 to 8.6, which 8.9 runs
   * too, and no PTX that a driver could compile for a newer GPU.
   */
  static final ComputeCapability OLDEST = new ComputeCapability(3, 7);

  static final ComputeCapability NEWEST = new ComputeCapability(8, 9);

  boolean supported() {
    return capability.compareTo(OLDEST) >= 0 && capability.compareTo(NEWEST) <= 0;
  }
}
