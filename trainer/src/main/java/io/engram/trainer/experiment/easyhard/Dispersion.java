package io.engram.trainer.experiment.easyhard;

/**
 * How much more the numbers of successes of N examples in R runs vary than those of R tosses of one
 * coin would.
 *
 * @param rate share of successes p over all examples and runs
 * @param phi Σ(k - Rp)² / (R p (1-p)) / (N-1): 1 for binomial counts, at most about R; NaN where p
 *     is 0 or 1
 * @param within the same around the rate of each class instead of p, over the classes whose rate is
 *     neither 0 nor 1, with one degree of freedom less for each of them
 * @param tarone Z of Tarone (1979), one-sided, about standard normal for equal examples
 * @param correlation of two runs on the same example, (phi-1) / (R-1); unlike phi it does not grow
 *     with R
 * @param always share of examples right in every run
 * @param never share of examples right in none
 */
record Dispersion(
    double rate,
    double phi,
    double within,
    double tarone,
    double correlation,
    double always,
    double never) {

  /**
   * O(N).
   *
   * @param counts successes of each example
   * @param labels class of each example
   * @param runs R, at least 2
   */
  static Dispersion of(int[] counts, int[] labels, int runs) {
    double examples = counts.length;
    double sum = 0;
    double squares = 0;
    double always = 0;
    double never = 0;
    for (int count : counts) {
      sum += count;
      squares += (double) count * count;
      always += count == runs ? 1 : 0;
      never += count == 0 ? 1 : 0;
    }
    double rate = sum / (examples * runs);
    double scatter = (squares - sum * sum / examples) / (rate * (1 - rate));
    double phi = scatter / runs / (examples - 1);
    return new Dispersion(
        rate,
        phi,
        within(counts, labels, runs),
        (scatter - examples * runs) / Math.sqrt(2 * examples * runs * (runs - 1.0)),
        (phi - 1) / (runs - 1),
        always / examples,
        never / examples);
  }

  /** {@link #within()} alone. O(N). */
  static double within(int[] counts, int[] labels, int runs) {
    int classes = 0;
    for (int label : labels) {
      classes = Math.max(classes, label + 1);
    }
    int[] members = new int[classes];
    double[] sums = new double[classes];
    double[] squares = new double[classes];
    for (int i = 0; i < counts.length; i++) {
      members[labels[i]]++;
      sums[labels[i]] += counts[i];
      squares[labels[i]] += (double) counts[i] * counts[i];
    }
    double total = 0;
    int freedom = 0;
    for (int c = 0; c < classes; c++) {
      double rate = sums[c] / ((double) members[c] * runs);
      if (rate > 0 && rate < 1) {
        total += (squares[c] - sums[c] * sums[c] / members[c]) / (runs * rate * (1 - rate));
        freedom += members[c] - 1;
      }
    }
    return total / freedom;
  }
}
