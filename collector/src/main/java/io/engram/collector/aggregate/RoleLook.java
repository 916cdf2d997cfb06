package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;

/**
 * What one look showed of the monitored examples of one role. An example counts if its given label
 * is known and its probabilities are numbers; means are NaN where none counts.
 *
 * @param role what the examples are for
 * @param examples examples looked at
 * @param undescribed how many of them do not count, because their labels were never told
 * @param invalid how many of the others do not count, because their probabilities are no numbers
 * @param agreeing how many that count are predicted as their given label
 * @param agreeingMean how many have their given label as the class of highest exponential mean
 * @param confidence mean of the highest probability, 0 to 1
 * @param logProbability mean of the logarithm of the given label's probability, which counts as
 *     2<sup>-126</sup> at least; nats
 * @param compared examples, whether they count or not, that have a prediction in this look and in
 *     the one before
 * @param changed how many of these are predicted otherwise than in the look before
 * @param ranked canaries and ghosts that have a {@code rank}
 * @param rank mean over them of the rank of their label's probability among the wrong classes, 0
 *     for the least and 1 for the most probable, ties by half; NaN where there is none
 * @param rankZ {@code (rank - 1/2)} divided by its standard deviation under the hypothesis that the
 *     network knows nothing of the labels, which were drawn uniformly from the wrong classes: then
 *     about standard normal, and less spread with ties; NaN where there is none
 */
public record RoleLook(
    ExampleRole role,
    int examples,
    int undescribed,
    int invalid,
    int agreeing,
    int agreeingMean,
    double confidence,
    double logProbability,
    int compared,
    int changed,
    int ranked,
    double rank,
    double rankZ) {

  /** How many examples count. */
  public int counted() {
    return examples - undescribed - invalid;
  }

  /** Share of those that count that are predicted as their given label; NaN where none counts. */
  public double agreement() {
    return (double) agreeing / counted();
  }

  /** The same by the exponential mean of the probabilities. */
  public double agreementOfMean() {
    return (double) agreeingMean / counted();
  }

  /** Share of the predictions that changed since the look before; NaN at the first. */
  public double changedShare() {
    return (double) changed / compared;
  }

  /** This and another part of the same look together; the parts have no example in common. */
  RoleLook and(RoleLook other) {
    double z = rankZ * Math.sqrt(ranked) + other.rankZ * Math.sqrt(other.ranked);
    return new RoleLook(
        role,
        examples + other.examples,
        undescribed + other.undescribed,
        invalid + other.invalid,
        agreeing + other.agreeing,
        agreeingMean + other.agreeingMean,
        mean(confidence, counted(), other.confidence, other.counted()),
        mean(logProbability, counted(), other.logProbability, other.counted()),
        compared + other.compared,
        changed + other.changed,
        ranked + other.ranked,
        mean(rank, ranked, other.rank, other.ranked),
        ranked == 0 || other.ranked == 0
            ? mean(rankZ, ranked, other.rankZ, other.ranked)
            : z / Math.sqrt(ranked + other.ranked));
  }

  private static double mean(double one, int ofOne, double other, int ofOther) {
    if (ofOne == 0 || ofOther == 0) {
      return ofOne == 0 ? other : one;
    }
    return (one * ofOne + other * ofOther) / (ofOne + ofOther);
  }
}
