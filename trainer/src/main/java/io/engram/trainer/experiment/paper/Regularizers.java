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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which regularizer keeps a network from fitting random labels and costs nothing on real ones?
 * (Arpit et al. 2017, §5, Figs. 10 and 11.) For each regularizer the lowest training accuracy on
 * random labels that one of its strengths reaches, of those strengths at which the validation
 * accuracy on real data is within a point of that without it; all at the end of the schedule, with
 * the regularizer off.
 */
final class Regularizers implements Analysis {
  private static final String AXIS = "regularizer";
  private static final String LABELS = "labels";
  private static final String NONE = "none";
  private static final double POINT = 0.01;

  @Override
  public Report report(Records records) {
    Records complete = records.complete();
    return new Report(
        records.title(),
        List.of(
            "For each regularizer the lowest training accuracy on random labels, at those of its"
                + " strengths that cost at most a point of validation accuracy on real labels; both"
                + " at the end of the schedule, in evaluation mode."),
        List.of(claim(complete)),
        List.of(accuracies(records)),
        plots(records));
  }

  /** Its name without its strength. */
  private static String kind(String value) {
    int hyphen = value.lastIndexOf('-');
    return hyphen < 0 ? value : value.substring(0, hyphen);
  }

  private static Set<String> kinds(Records records) {
    Set<String> kinds = new LinkedHashSet<>();
    records.values(AXIS).forEach(value -> kinds.add(kind(value)));
    kinds.remove(NONE);
    return kinds;
  }

  private static double[] lowest(Records records, String kind) {
    return records.completeSeeds().stream()
        .mapToDouble(seed -> lowest(records, kind, seed))
        .toArray();
  }

  private static double lowest(Records records, String kind, int seed) {
    Records real = records.at(LABELS, "real");
    Records random = records.at(LABELS, "random");
    double enough = run(real, NONE, seed).finalValidation().accuracy() - POINT;
    double lowest = run(random, NONE, seed).finalTraining().accuracy();
    for (String value : records.values(AXIS)) {
      if (kind(value).equals(kind)
          && run(real, value, seed).finalValidation().accuracy() >= enough) {
        lowest = Math.min(lowest, run(random, value, seed).finalTraining().accuracy());
      }
    }
    return lowest;
  }

  private static CellRecord run(Records records, String regularizer, int seed) {
    return records.at(AXIS, regularizer).seed(seed).orElseThrow();
  }

  private static Claim claim(Records records) {
    Decision decision =
        new Decision(
            "A16",
            "dropout keeps random labels from being fitted, at no cost on real ones; weight decay"
                + " does so less, and dropout with adversarial training more");
    if (records.completeSeeds().isEmpty()) {
      return decision.claim();
    }
    double[] none = lowest(records, NONE);
    Set<String> kinds = kinds(records);
    double[] dropout = lowest(records, "dropout");
    decision.positive("without it minus with dropout, beyond a point", minus(none, dropout, POINT));
    if (kinds.contains("weight-decay")) {
      decision.positive(
          "with weight decay minus with dropout",
          minus(lowest(records, "weight-decay"), dropout, 0));
    } else {
      decision.missing("weight decay");
    }
    if (kinds.contains("dropout-adversarial")) {
      decision.positive(
          "with dropout minus with dropout and adversarial training",
          minus(dropout, lowest(records, "dropout-adversarial"), 0));
    } else {
      decision.missing("dropout with adversarial training");
    }
    decision.beside(Estimate.of(none).as("without a regularizer"));
    for (String kind : kinds) {
      decision.beside(Estimate.of(lowest(records, kind)).as("with " + kind.replace('-', ' ')));
    }
    return decision.claim();
  }

  private static double[] minus(double[] of, double[] from, double also) {
    double[] difference = new double[of.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = of[i] - from[i] - also;
    }
    return difference;
  }

  private static Table accuracies(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    for (CellRecord each : records.all()) {
      rows.add(
          List.of(
              each.cell().at(AXIS),
              each.cell().at(LABELS),
              each.cell().seed(),
              each.finalTraining().accuracy(),
              each.finalTraining().loss(),
              each.finalValidation().accuracy(),
              each.validationAt(each.peakEpoch())));
    }
    return new Table(
        "accuracies",
        "At the end of the schedule, and the best validation accuracy of all epochs (an oracle)",
        List.of(AXIS, LABELS, "seed", "train acc", "train loss", "validation acc", "best (oracle)"),
        rows);
  }

  private static List<Figure> plots(Records records) {
    List<Series> effect = new ArrayList<>();
    Records real = records.at(LABELS, "real");
    Records random = records.at(LABELS, "random");
    List<String> values = records.values(AXIS);
    Set<String> kinds = new LinkedHashSet<>(List.of(NONE));
    kinds.addAll(kinds(records));
    for (String kind : kinds) {
      List<String> strengths = values.stream().filter(v -> kind(v).equals(kind)).toList();
      double[] x = new double[strengths.size()];
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = mean(random.at(AXIS, strengths.get(i)), false);
        y[i] = mean(real.at(AXIS, strengths.get(i)), true);
      }
      effect.add(kind.equals(NONE) ? Series.points(kind, x, y) : Series.line(kind, x, y));
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Plot(
            "effect",
            "What a regularizer costs and what it prevents, strengths joined",
            Axis.of("training accuracy, random labels"),
            Axis.of("validation accuracy, real labels"),
            effect));
    figures.add(losses(real, "real"));
    figures.add(losses(random, "random"));
    return figures;
  }

  private static double mean(Records records, boolean validation) {
    return Estimate.of(
            records.each(
                each ->
                    validation
                        ? each.finalValidation().accuracy()
                        : each.finalTraining().accuracy()))
        .value();
  }

  private static Figure losses(Records records, String labels) {
    List<Series> series = new ArrayList<>();
    for (String value : records.values(AXIS)) {
      List<CellRecord> runs = records.at(AXIS, value).all();
      TreeSet<Double> epochs = new TreeSet<>();
      runs.forEach(run -> run.training().keySet().forEach(epoch -> epochs.add((double) epoch)));
      series.add(Curves.of(value, runs, epochs, (each, at) -> each.lossAt(at.intValue())).get(0));
    }
    return new Plot(
        "losses-" + labels,
        "Training loss, %s labels".formatted(labels),
        Axis.of("epoch"),
        Axis.log("mean cross-entropy, nats"),
        series);
  }
}
