package io.engram.trainer.experiment.mislabel;

import io.engram.collector.aggregate.MislabelScore;
import io.engram.collector.aggregate.Ranking;
import java.util.Arrays;
import java.util.Map;

/**
 * One run of {@link Mislabel}.
 *
 * @param noise share of labels drawn anew
 * @param seed of the noise and the weights
 * @param wrong which labels are wrong
 * @param auroc of each score after each epoch, from the first
 * @param validation accuracy after each epoch, clean labels
 * @param confident what out-of-fold probabilities say
 */
record MislabelRun(
    double noise,
    int seed,
    boolean[] wrong,
    Map<MislabelScore, double[]> auroc,
    double[] validation,
    ConfidentLearning confident) {

  /** After each epoch. */
  double[] curve(MislabelScore score) {
    double[] curve = auroc.get(score);
    if (curve == null) {
      throw new IllegalStateException("not measured: " + score);
    }
    return curve;
  }

  /** After the last epoch. */
  double last(MislabelScore score) {
    double[] curve = curve(score);
    return curve[curve.length - 1];
  }

  /** After the epoch at which it was highest, which nobody knows who does not know the truth. */
  double oracle(MislabelScore score) {
    return Arrays.stream(curve(score)).max().orElse(Double.NaN);
  }

  double selfConfidence() {
    return Ranking.auroc(Ranking.shares(confident.selfConfidence()), wrong);
  }

  double normalizedMargin() {
    return Ranking.auroc(Ranking.shares(confident.normalizedMargin()), wrong);
  }

  double precision() {
    return confident.precision(wrong);
  }

  double recall() {
    return confident.recall(wrong);
  }

  /** Share of the labels that are wrong. */
  double wrongShare() {
    int count = 0;
    for (boolean each : wrong) {
      count += each ? 1 : 0;
    }
    return (double) count / wrong.length;
  }
}
