package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;

/** Adds up the examples of a {@link RoleLook}. */
final class LookSums {
  private final ExampleRole role;
  private final int examples;
  private int undescribed;
  private int invalid;
  private int agreeing;
  private int agreeingMean;
  private double confidence;
  private double logProbability;
  private int compared;
  private int changed;
  private int ranked;
  private double rank;

  LookSums(ExampleRole role, int examples) {
    this.role = role;
    this.examples = examples;
  }

  void addPrediction(int before, int now) {
    if (before >= 0 && now >= 0) {
      compared++;
      changed += before == now ? 0 : 1;
    }
  }

  void addUndescribed() {
    undescribed++;
  }

  void addInvalid() {
    invalid++;
  }

  void add(boolean agrees, boolean meanAgrees, double highest, double given, double labelRank) {
    agreeing += agrees ? 1 : 0;
    agreeingMean += meanAgrees ? 1 : 0;
    confidence += highest;
    logProbability += Math.log(Math.max(given, Float.MIN_NORMAL));
    if (!Double.isNaN(labelRank)) {
      ranked++;
      rank += labelRank;
    }
  }

  /**
   * @param rankVariance of one rank
   */
  RoleLook look(double rankVariance) {
    double counted = (double) examples - undescribed - invalid;
    double mean = rank / ranked;
    return new RoleLook(
        role,
        examples,
        undescribed,
        invalid,
        agreeing,
        agreeingMean,
        confidence / counted,
        logProbability / counted,
        compared,
        changed,
        ranked,
        mean,
        (mean - 0.5) / Math.sqrt(rankVariance / ranked));
  }
}
