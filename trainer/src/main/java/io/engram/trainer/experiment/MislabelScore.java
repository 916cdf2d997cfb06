package io.engram.trainer.experiment;

/** What ranks training examples by how likely their label is wrong, from a step's by-products. */
enum MislabelScore {
  /** Area under the margin, its mean over the presentations, negated (Pleiss et al. 2020). */
  AUM("AUM"),
  /** Cumulative sample loss (Ravikumar et al. 2025). */
  CSL("CSL"),
  /**
   * Changes from right to wrong between consecutive presentations; those never right count as the
   * most (Toneva et al. 2019).
   */
  FORGETTING("forgetting"),
  /** Cumulative squared L2 norm of the loss's gradient by the input, as it stands at each step. */
  CSG("direct CSG"),
  /** Mean of the ranks of the four. */
  COMBINED("combined");

  final String words;

  MislabelScore(String words) {
    this.words = words;
  }
}
