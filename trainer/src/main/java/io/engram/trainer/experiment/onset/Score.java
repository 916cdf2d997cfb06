package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a channel or a detector did in some runs. Medians are over the runs that they can be told of,
 * NaN where there are none.
 *
 * @param runs how many
 * @param memorized in how many of them wrong labels were fitted
 * @param harmed how many ended more than a point of accuracy below their peak
 * @param able in how many it could tell at some look
 * @param raised in how many it raised
 * @param inTime in how many it raised before more than half a point was lost
 * @param premature in how many it raised more than two epochs before wrong labels were fitted, or
 *     though they never were
 * @param lagSteps median steps from T_mem to the alarm, negative where it came before
 * @param lagEpochs the same in epochs, and its quartiles
 * @param peakLagEpochs median epochs from T_peak to the alarm, in runs with harm
 * @param lost median accuracy under the peak at the alarm, in runs with harm
 * @param saved median accuracy at the alarm above that at the end, in runs with harm
 */
record Score(
    int runs,
    int memorized,
    int harmed,
    int able,
    int raised,
    int inTime,
    int premature,
    double lagSteps,
    Quartiles lagEpochs,
    double peakLagEpochs,
    double lost,
    double saved) {
  private static final double EARLY_EPOCHS = 2;

  /** A run and what one channel or detector did in it. */
  record Outcome(GroundTruth truth, Raised raised) {
    boolean inTime() {
      return truth.inTime(raised.step());
    }

    boolean premature() {
      return raised.raised()
          && (!truth.memorized()
              || truth.epochs(raised.step() - truth.memorizedStep()) < -EARLY_EPOCHS);
    }

    /** Accuracy of the network that is left if the run ends at the alarm, or by itself. */
    double kept() {
      return raised.raised() ? truth.accuracy().at(raised.step()) : truth.accuracy().end();
    }
  }

  /** Median and quartiles. */
  record Quartiles(double low, double median, double high) {
    static Quartiles of(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted.length == 0
          ? new Quartiles(Double.NaN, Double.NaN, Double.NaN)
          : new Quartiles(
              Quantiles.of(sorted, 0.25), Quantiles.of(sorted, 0.5), Quantiles.of(sorted, 0.75));
    }
  }

  /** What one name did in those of the runs in which it was judged. */
  static List<Outcome> outcomes(List<JudgedRun> runs, String view, String name) {
    List<Outcome> outcomes = new ArrayList<>();
    for (JudgedRun run : runs) {
      for (Raised raised : run.raised().getOrDefault(view, List.of())) {
        if (raised.name().equals(name)) {
          outcomes.add(new Outcome(run.truth(), raised));
        }
      }
    }
    return outcomes;
  }

  static Score of(List<Outcome> outcomes) {
    List<Outcome> lagging =
        outcomes.stream().filter(o -> o.raised.raised() && o.truth.memorized()).toList();
    List<Outcome> harmed =
        outcomes.stream().filter(o -> o.raised.raised() && o.truth.accuracy().harmed()).toList();
    return new Score(
        outcomes.size(),
        (int) outcomes.stream().filter(o -> o.truth.memorized()).count(),
        (int) outcomes.stream().filter(o -> o.truth.accuracy().harmed()).count(),
        (int) outcomes.stream().filter(o -> o.raised.able()).count(),
        (int) outcomes.stream().filter(o -> o.raised.raised()).count(),
        (int) outcomes.stream().filter(Outcome::inTime).count(),
        (int) outcomes.stream().filter(Outcome::premature).count(),
        over(lagging, o -> o.raised.step() - o.truth.memorizedStep()).median(),
        over(lagging, o -> o.truth.epochs(o.raised.step() - o.truth.memorizedStep())),
        over(harmed, o -> o.truth.epochs(o.raised.step() - o.truth.accuracy().peakStep())).median(),
        over(harmed, o -> o.truth.accuracy().peak() - o.kept()).median(),
        over(harmed, o -> o.kept() - o.truth.accuracy().end()).median());
  }

  private static Quartiles over(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
    return Quartiles.of(outcomes.stream().map(o -> value.applyAsDouble(o)).toList());
  }
}
