package io.engram.trainer.experiment.easyhard;

import io.engram.trainer.experiment.Condition;
import io.engram.trainer.experiment.Quantiles;
import io.engram.trainer.experiment.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The statistics of one condition of {@link EasyHard}.
 *
 * @param condition what was trained on
 * @param successes the outcomes
 * @param dispersion of them
 * @param chance its values within classes under the null, ascending
 * @param resampled its values within classes on resampled examples, ascending
 */
record EasyHardResult(
    Condition condition,
    Successes successes,
    Dispersion dispersion,
    double[] chance,
    double[] resampled) {
  private static final int RESAMPLES = 999;

  static EasyHardResult of(Condition condition, Successes successes, int permutations, long seed) {
    return new EasyHardResult(
        condition,
        successes,
        Dispersion.of(successes.counts(), successes.labels(), successes.runs()),
        Resampling.permuted(successes, permutations, new Random(seed)),
        Resampling.bootstrapped(successes, RESAMPLES, new Random(seed + 1)));
  }

  double pValue() {
    return Resampling.pValue(chance, dispersion.within());
  }

  Quantity within() {
    return new Quantity(
        "phi within classes, " + condition.words(),
        dispersion.within(),
        Quantiles.of(resampled, 0.025),
        Quantiles.of(resampled, 0.975));
  }

  Quantity extremes() {
    return Quantity.of(
        "always or never right, " + condition.words(), dispersion.always() + dispersion.never());
  }

  List<Object> row() {
    List<Object> row = new ArrayList<>();
    Quantity within = within();
    row.addAll(List.of(condition.words(), dispersion.rate(), dispersion.phi(), within.value()));
    row.addAll(List.of(within.low(), within.high()));
    row.add(Quantiles.of(chance, 0.5));
    row.add(Quantiles.of(chance, 0.975));
    row.addAll(List.of(pValue(), dispersion.tarone(), dispersion.correlation()));
    row.addAll(List.of(dispersion.always(), dispersion.never()));
    return row;
  }
}
