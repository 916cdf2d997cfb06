package io.engram.trainer.experiment.onset;

/**
 * What happened in a run, known from its true labels.
 *
 * @param flipped how many of the monitored training labels are wrong
 * @param memorizedStep T_mem: the first of two looks in a row at which the given label of wrongly
 *     labelled examples is predicted more often than another wrong label of the same examples, by
 *     the exact binomial test at 0.001; -1 if there are none
 * @param halfStep T_50: the first look at which half of the wrong labels are predicted; -1 if none
 * @param accuracy on clean examples
 * @param stepsPerEpoch steps of an epoch
 * @param lastStep updates of the whole run
 */
record GroundTruth(
    int flipped,
    long memorizedStep,
    long halfStep,
    AccuracyCurve accuracy,
    int stepsPerEpoch,
    long lastStep) {
  /** Whether the given wrong labels began to be fitted. */
  boolean memorized() {
    return memorizedStep >= 0;
  }

  /** Whether an alarm at a step comes before half a point of accuracy is lost. */
  boolean inTime(long step) {
    long harm = accuracy.harmStep();
    return step >= 0 && (harm < 0 || step < harm);
  }

  double epochs(long steps) {
    return (double) steps / stepsPerEpoch;
  }
}
