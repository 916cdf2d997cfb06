package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a network takes until it has fitted all of its training set, against its width or
 * against the size of the set (Arpit et al. 2017, §3.3.2, Fig. 6). T100 is the first epoch after
 * which an evaluation of the whole training set gives 100 % against the labels given; the run ends
 * there. A run that does not get there is right-censored at its last epoch, and counts so in every
 * slope.
 */
final class TimeToConvergence implements Analysis {
  private static final double NEARLY = 0.999;

  private final String axis;

  /**
   * @param axis {@code width} (A8) or {@code size} (A9, A10)
   */
  TimeToConvergence(String axis) {
    this.axis = axis;
  }

  @Override
  public Report report(Records records) {
    Records complete = records.complete();
    List<Claim> claims = new ArrayList<>();
    if (axis.equals("width")) {
      claims.add(slopes(complete, "A8", -1));
    } else {
      claims.add(slopes(complete, "A9", 1));
      claims.add(randomLabels(complete));
    }
    return new Report(
        records.title(),
        List.of(
            "T100 in epochs. Slopes are those of log T100 on log %s, a line a seed and a share of"
                    .formatted(axis)
                + " random inputs, fitted with the runs that did not converge as right-censored;"
                + " then the slope of these slopes on the share."),
        claims,
        List.of(times(records)),
        plots(records));
  }

  private static boolean converged(CellRecord record) {
    return record.firstAt(1) >= 0;
  }

  private static double time(CellRecord record) {
    return converged(record) ? record.firstAt(1) : record.lastEpoch();
  }

  private double place(CellRecord record) {
    return Double.parseDouble(record.cell().at(axis));
  }

  private double slope(Records runs, int seed) {
    List<CellRecord> of = runs.all().stream().filter(r -> r.cell().seed() == seed).toList();
    boolean[] censored = new boolean[of.size()];
    for (int i = 0; i < censored.length; i++) {
      censored[i] = !converged(of.get(i));
    }
    return CensoredLine.fit(
            of.stream().mapToDouble(each -> Math.log(place(each))).toArray(),
            of.stream().mapToDouble(each -> Math.log(time(each))).toArray(),
            censored)
        .slope();
  }

  private Claim slopes(Records records, String id, int sign) {
    String statement =
        sign < 0
            ? "time to convergence falls faster with the width, the larger the share of random"
                + " inputs"
            : "time to convergence grows faster with the size of the training set, the larger the"
                + " share of random inputs";
    Decision decision = new Decision(id, statement);
    List<Integer> seeds = records.completeSeeds();
    List<String> levels =
        records.values(Noise.AXIS).stream()
            .filter(value -> !Noise.of(value).kind().equals("randY"))
            .toList();
    if (seeds.isEmpty() || levels.size() < 2) {
      return decision.claim();
    }
    double[][] slopes = new double[levels.size()][];
    for (int level = 0; level < slopes.length; level++) {
      Records at = records.at(Noise.AXIS, levels.get(level));
      slopes[level] = seeds.stream().mapToDouble(seed -> slope(at, seed)).toArray();
    }
    double[] shares = levels.stream().mapToDouble(level -> Noise.of(level).share()).toArray();
    double[] growth = new double[seeds.size()];
    for (int seed = 0; seed < growth.length; seed++) {
      double[] ofSeed = new double[slopes.length];
      for (int level = 0; level < slopes.length; level++) {
        ofSeed[level] = slopes[level][seed];
      }
      growth[seed] = sign * CensoredLine.fit(shares, ofSeed, new boolean[shares.length]).slope();
    }
    decision.positive(
        (sign < 0 ? "fall" : "growth") + " of the slope from no to all random inputs", growth);
    for (int level = 0; level < slopes.length; level++) {
      decision.beside(Estimate.of(slopes[level]).as("slope, " + levels.get(level)));
    }
    return decision.claim();
  }

  private Claim randomLabels(Records records) {
    Decision decision =
        new Decision("A10", "random labels take longer to be fitted than real ones");
    Records real = records.at(Noise.AXIS, "real");
    Records random = records.at(Noise.AXIS, "randY-1");
    List<Integer> seeds = records.completeSeeds();
    if (real.all().isEmpty() || random.all().isEmpty() || seeds.isEmpty()) {
      return decision.claim();
    }
    double[] mean = new double[seeds.size()];
    List<String> places = real.values(axis);
    for (String place : places) {
      double[] longer = difference(random.at(axis, place), real.at(axis, place), seeds);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += longer[i] / places.size();
      }
      decision.beside(Estimate.of(longer).as("%s %s".formatted(axis, place)));
    }
    Records inputs = records.at(Noise.AXIS, "randX-1");
    for (String place : inputs.values(axis)) {
      decision.beside(
          Estimate.of(difference(inputs.at(axis, place), real.at(axis, place), seeds))
              .as("random inputs, %s %s".formatted(axis, place)));
    }
    return decision.positive("log of T100 over that of real labels, mean", mean).claim();
  }

  /** A lower bound where the first did not converge, undefined where the second did not. */
  private static double[] difference(Records of, Records from, List<Integer> seeds) {
    double[] above = of.bySeed(seeds, each -> Math.log(time(each)));
    double[] below =
        from.bySeed(seeds, each -> converged(each) ? Math.log(time(each)) : Double.NaN);
    double[] difference = new double[above.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = above[i] - below[i];
    }
    return difference;
  }

  private Table times(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    for (CellRecord each : records.all()) {
      int nearly = each.firstAt(NEARLY);
      rows.add(
          List.of(
              each.cell().at(Noise.AXIS),
              each.cell().at(axis),
              each.cell().seed(),
              (int) time(each),
              converged(each) ? "converged" : "censored",
              (int) time(each) * each.stepsPerEpoch(),
              nearly < 0 ? "-" : nearly,
              each.finalTraining().accuracy(),
              each.finalValidation().accuracy()));
    }
    return new Table(
        "times",
        "Epochs until the whole training set is fitted",
        List.of(
            Noise.AXIS,
            axis,
            "seed",
            "T100",
            "ended",
            "steps",
            "T99.9",
            "train acc",
            "validation acc"),
        rows);
  }

  private List<Figure> plots(Records records) {
    List<Series> series = new ArrayList<>();
    List<Double> places = records.values(axis).stream().map(Double::valueOf).toList();
    for (String noise : records.values(Noise.AXIS)) {
      series.addAll(
          Curves.of(
              noise,
              records.at(Noise.AXIS, noise).all(),
              places,
              (each, at) -> place(each) == at ? time(each) : Double.NaN));
    }
    return List.of(
        new Plot(
            "times",
            "Epochs until the whole training set is fitted; censored runs at their last epoch",
            Axis.log(axis),
            Axis.log("T100, epochs"),
            series));
  }
}
