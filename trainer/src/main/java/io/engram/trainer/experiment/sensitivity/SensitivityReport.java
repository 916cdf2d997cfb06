package io.engram.trainer.experiment.sensitivity;

import io.engram.collector.aggregate.ClassMatrix;
import io.engram.collector.aggregate.Gini;
import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.sensitivity.LossSensitivity.Condition;
import io.engram.trainer.experiment.sensitivity.SensitivityRun.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the runs of {@link LossSensitivity} say. */
final class SensitivityReport {
  private static final double CLEARLY = 0.1;

  private final Parameters set;
  private final String dataset;
  private final List<SensitivityRun> runs;

  /**
   * @param runs one of each condition, those with a class matrix once a seed
   */
  SensitivityReport(Parameters set, String dataset, List<SensitivityRun> runs) {
    this.set = set;
    this.dataset = dataset;
    this.runs = List.copyOf(runs);
  }

  Report report() {
    return new Report(
        "Loss-sensitivity: %s, %d training examples, %d epochs"
            .formatted(dataset, set.whole("training"), set.whole("epochs")),
        List.of(
            "Arpit et al. 2017, §3.2, unrolled: for each training example the L1 norm of the"
                + " derivative of the mean training loss after t updates by the example's input,"
                + " through all updates; its direct dependence is left out. Everything is of the"
                + " mean over the measurements so far. Claims are judged at the end of the"
                + " schedule, declared beforehand; intervals of Gini coefficients are bootstrapped"
                + " over the examples of the first seed, at 95 %, and say nothing of other initial"
                + " weights, those of D are over seeds.",
            "Class matrix: mean absolute derivative of the terms of the loss of label i by inputs"
                + " of label j. D is the mean of its diagonal over the mean of the rest;"
                + " heterogeneity the standard deviation of the logarithms of the rest."),
        List.of(
            larger("A4", Condition.REAL, Condition.RAND_X, CLEARLY),
            larger("A4", Condition.REAL, Condition.RAND_Y, 0),
            larger("A5", Condition.REAL_UNIQUE, Condition.RAND_X_UNIQUE, 0),
            diagonal(),
            spread()),
        List.of(summary(), ginis(), differences(), matrices()),
        List.of(
            plot("gini", "A class for many examples", false),
            plot("gini-unique", "A class for each example", true)));
  }

  private SensitivityRun run(Condition condition) {
    return all(condition).get(0);
  }

  /** A run a seed. */
  private List<SensitivityRun> all(Condition condition) {
    return runs.stream().filter(run -> run.condition() == condition).toList();
  }

  private GiniDifference difference(Point of, Point from) {
    return GiniDifference.between(
        of.means(), from.means(), set.whole("resamples"), new Random(set.whole("seed")));
  }

  private Claim larger(String id, Condition of, Condition than, double bound) {
    GiniDifference difference = difference(run(of).last(), run(than).last());
    Verdict verdict = difference.above(bound);
    String words = bound == 0 ? "0" : String.valueOf(bound);
    String reason =
        switch (verdict) {
          case REPRODUCED -> "the whole interval of the difference is above " + words;
          case NOT_REPRODUCED -> "the whole interval of the difference is below " + words;
          case INCONCLUSIVE, NOT_TESTED -> "the interval of the difference holds " + words;
        };
    return new Claim(
        id,
        "sensitivity is spread less evenly over the examples of %s than of %s: Gini larger%s"
            .formatted(of.words, than.words, bound == 0 ? "" : " by more than " + words),
        List.of(
            gini(of),
            gini(than),
            difference.named("difference"),
            Quantity.of("training accuracy " + of.words, run(of).accuracy()),
            Quantity.of("training accuracy " + than.words, run(than).accuracy())),
        verdict,
        reason);
  }

  private Quantity gini(Condition condition) {
    Gini gini = run(condition).last().gini();
    return new Quantity(
        "Gini " + condition.words,
        gini.coefficient(),
        gini.interval().lower(),
        gini.interval().upper());
  }

  private static Stream<Condition> withMatrix() {
    return Stream.of(Condition.values()).filter(condition -> condition.matrix);
  }

  private double[] bySeed(Condition condition, ToDoubleFunction<ClassMatrix> number) {
    return all(condition).stream()
        .mapToDouble(run -> number.applyAsDouble(run.last().matrix()))
        .toArray();
  }

  private Claim diagonal() {
    Decision decision =
        new Decision(
            "A6", "examples move the loss of their own class more than that of others: D > 1");
    withMatrix()
        .forEach(
            one ->
                decision.positive(
                    "D - 1, " + one.words, bySeed(one, matrix -> matrix.dominance() - 1)));
    return decision.claim();
  }

  private Claim spread() {
    Decision decision =
        new Decision("A6", "less so for real data than for randX: D smaller")
            .positive(
                "D randX minus D real",
                minus(
                    bySeed(Condition.RAND_X, ClassMatrix::dominance),
                    bySeed(Condition.REAL, ClassMatrix::dominance)));
    decision.beside(
        Estimate.of(
                minus(
                    bySeed(Condition.RAND_Y, ClassMatrix::dominance),
                    bySeed(Condition.REAL, ClassMatrix::dominance)))
            .as("D randY minus D real"));
    withMatrix()
        .forEach(
            one -> {
              decision.beside(
                  Estimate.of(bySeed(one, ClassMatrix::dominance)).as("D " + one.words));
              decision.beside(
                  Estimate.of(bySeed(one, ClassMatrix::heterogeneity))
                      .as("heterogeneity " + one.words));
            });
    return decision.claim();
  }

  private static double[] minus(double[] of, double[] from) {
    double[] difference = new double[of.length];
    Arrays.setAll(difference, i -> of[i] - from[i]);
    return difference;
  }

  private Table summary() {
    List<List<Object>> rows = new ArrayList<>();
    for (SensitivityRun run : runs) {
      ClassMatrix matrix = run.last().matrix();
      rows.add(
          List.of(
              run.condition().words,
              run.seed(),
              run.accuracy(),
              run.last().gini().coefficient(),
              matrix.classes() == 0 ? "-" : matrix.dominance(),
              matrix.classes() == 0 ? "-" : matrix.heterogeneity()));
    }
    return new Table(
        "summary",
        "At the end",
        List.of("data", "seed", "training accuracy", "Gini", "D", "heterogeneity"),
        rows);
  }

  private Table ginis() {
    List<List<Object>> rows = new ArrayList<>();
    for (SensitivityRun run : runs) {
      for (Point point : run.points()) {
        ClassMatrix matrix = point.matrix();
        rows.add(
            List.of(
                run.condition().words,
                run.seed(),
                point.step(),
                point.gini().coefficient(),
                point.gini().interval().lower(),
                point.gini().interval().upper(),
                matrix.classes() == 0 ? "-" : matrix.dominance(),
                matrix.classes() == 0 ? "-" : matrix.heterogeneity()));
      }
    }
    return new Table(
        "gini",
        "Gini coefficient of the mean sensitivity so far",
        List.of("data", "seed", "step", "Gini", "low", "high", "D", "heterogeneity"),
        rows);
  }

  private Table differences() {
    List<List<Object>> rows = new ArrayList<>();
    addDifferences(rows, Condition.REAL, Condition.RAND_X);
    addDifferences(rows, Condition.REAL, Condition.RAND_Y);
    addDifferences(rows, Condition.REAL_UNIQUE, Condition.RAND_X_UNIQUE);
    return new Table(
        "differences",
        "Gini of real data minus that of random data",
        List.of("of", "minus", "step", "difference", "low", "high"),
        rows);
  }

  private void addDifferences(List<List<Object>> rows, Condition of, Condition from) {
    for (int i = 0; i < run(of).points().size(); i++) {
      Point point = run(of).points().get(i);
      GiniDifference found = difference(point, run(from).points().get(i));
      rows.add(
          List.of(of.words, from.words, point.step(), found.value(), found.low(), found.high()));
    }
  }

  private Table matrices() {
    List<List<Object>> rows = new ArrayList<>();
    withMatrix()
        .forEach(
            condition -> {
              ClassMatrix matrix = run(condition).last().matrix();
              for (int i = 0; i < matrix.values().length; i++) {
                rows.add(
                    List.of(
                        condition.words,
                        i / matrix.classes(),
                        i % matrix.classes(),
                        matrix.values()[i]));
              }
            });
    return new Table(
        "class-matrix",
        "Class matrix at the end, the first seed: loss of label i by inputs of label j",
        List.of("data", "i", "j", "mean |derivative|"),
        rows);
  }

  private Plot plot(String name, String title, boolean unique) {
    List<Series> series = new ArrayList<>();
    for (Condition condition : Condition.values()) {
      if (condition.unique == unique) {
        SensitivityRun run = run(condition);
        double[] steps = run.points().stream().mapToDouble(Point::step).toArray();
        double[] ginis = run.points().stream().mapToDouble(p -> p.gini().coefficient()).toArray();
        series.add(Series.line(condition.words, steps, ginis));
      }
    }
    return new Plot(
        name, title, Axis.of("updates"), Axis.of("Gini of the mean sensitivity"), series);
  }
}
