package io.engram.trainer.experiment.svalidation;

import java.util.Arrays;

/**
 * Networks like a run's that were trained on permuted labels, at the end of the schedule.
 *
 * @param run which has the true labels
 * @param scores correct predictions of each set under a network's own labels, [set][network]
 * @param fitted share of the training examples that each network itself gets right
 */
record ShuffledNetworks(NetworkRun run, int[][] scores, double[] fitted) {
  /** Scores of a set as shares. */
  double[] shares(int set) {
    int examples = run.last().scores().examples();
    return Arrays.stream(scores[set]).mapToDouble(count -> (double) count / examples).toArray();
  }

  /** Their mean. */
  double centre(int set) {
    return Arrays.stream(shares(set)).average().orElse(Double.NaN);
  }

  /** Of the network with the true labels. */
  double observed(int set) {
    return run.last().judgements().get(set).observed();
  }

  /** Share of all networks, that with the true labels included, that score as high as it. */
  double p(int set) {
    double observed = observed(set);
    long asHigh = Arrays.stream(shares(set)).filter(share -> share >= observed).count();
    return (1.0 + asHigh) / (1 + fitted.length);
  }
}
