package io.engram.collector.aggregate;

/**
 * How the presentations of the training examples went over the last epoch, as training's own
 * forward passes showed it, before each update and in training mode. Arrays must not be changed.
 *
 * @param step updates completed before the end of the last part of an epoch that it has
 * @param stepsPerEpoch steps of an epoch
 * @param wholeEpoch whether it has all parts of an epoch; not at the run's begin, nor where the run
 *     went back
 * @param agreeing presentations in which the most probable class was the given label, by its
 *     probability: the highest first, in bins of an eighth of its logarithm's size
 * @param contradicting all others, in the same bins
 */
public record PresentedView(
    long step, int stepsPerEpoch, boolean wholeEpoch, long[] agreeing, long[] contradicting) {
  /** How many presentations it has. */
  public long presentations() {
    long sum = 0;
    for (int bin = 0; bin < agreeing.length; bin++) {
      sum += agreeing[bin] + contradicting[bin];
    }
    return sum;
  }

  /**
   * Share of the most confident presentations in which the most probable class was not the given
   * label; of the bin in which these end all count alike. NaN without any.
   *
   * @param share how many count as the most confident, greater than 0, at most 1
   */
  public double contradicted(double share) {
    double wanted = share * presentations();
    double taken = 0;
    double contradicted = 0;
    for (int bin = 0; bin < agreeing.length && taken < wanted; bin++) {
      long all = agreeing[bin] + contradicting[bin];
      double part = all == 0 ? 0 : Math.min(1, (wanted - taken) / all);
      taken += part * all;
      contradicted += part * contradicting[bin];
    }
    return contradicted / wanted;
  }
}
