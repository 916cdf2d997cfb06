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
import java.util.Map;
import java.util.TreeSet;

/**
 * How much of random labels is fitted, against learning rate × updates? An addition to Arpit et al.
 * 2017, whose effective capacity is what a network reaches by its training algorithm: of one
 * architecture it grows with the way that its weights can go, if it is that which limits it. Two
 * numbers: the growth of training accuracy with each doubling of the product, all rates and epochs
 * together; and how far apart different rates are after the same product, where the product alone
 * would leave nothing.
 */
final class EffectiveCapacity implements Analysis {
  private static final String AXIS = "rate";
  private static final int PLACES = 8;

  @Override
  public Report report(Records records) {
    return new Report(
        records.title(),
        List.of(
            "An addition of this system, no claim of the paper. All labels are random. The product"
                + " is learning rate × updates; accuracies are those on the training set after"
                + " every epoch. Spread: the difference between the best and the worst rate after"
                + " the same product, linear between epochs, averaged over %d places at equal ratios"
                    .formatted(PLACES)
                + " of the products that all rates come to."),
        List.of(claim(records.complete())),
        List.of(ends(records)),
        List.of(plot(records)));
  }

  private static double rate(CellRecord record) {
    return Double.parseDouble(record.cell().at(AXIS));
  }

  private static double product(CellRecord record, int epoch) {
    return rate(record) * record.stepsPerEpoch() * epoch;
  }

  private static List<CellRecord> runs(Records records, int seed) {
    return records.all().stream().filter(each -> each.cell().seed() == seed).toList();
  }

  private static Claim claim(Records records) {
    List<Integer> seeds = records.completeSeeds();
    Decision decision =
        new Decision(
            "effective-capacity",
            "more of random labels is fitted, the larger learning rate × updates");
    if (seeds.isEmpty()) {
      return decision.claim();
    }
    decision.positive(
        "accuracy for a doubling of the product",
        seeds.stream().mapToDouble(seed -> growth(runs(records, seed))).toArray());
    decision.beside(
        Estimate.of(seeds.stream().mapToDouble(seed -> spread(runs(records, seed))).toArray())
            .as("spread between rates after the same product"));
    for (String value : records.values(AXIS)) {
      decision.beside(
          Estimate.of(records.at(AXIS, value).each(each -> each.finalTraining().accuracy()))
              .as("accuracy at the end, rate " + value));
    }
    return decision.claim();
  }

  /** Slope of the accuracy on the logarithm of the product to base 2, by least squares. */
  static double growth(List<CellRecord> runs) {
    List<double[]> points = new ArrayList<>();
    for (CellRecord run : runs) {
      for (Map.Entry<Integer, CellRecord.Score> each : run.training().entrySet()) {
        if (each.getKey() > 0) {
          double doublings = Math.log(product(run, each.getKey())) / Math.log(2);
          points.add(new double[] {doublings, each.getValue().accuracy()});
        }
      }
    }
    double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
    double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
    return CensoredLine.fit(x, y, new boolean[x.length]).slope();
  }

  /** NaN where there is no product that all rates come to. */
  static double spread(List<CellRecord> runs) {
    double from = runs.stream().mapToDouble(run -> product(run, 1)).max().orElse(Double.NaN);
    double to =
        runs.stream().mapToDouble(run -> product(run, run.lastEpoch())).min().orElse(Double.NaN);
    if (!(from < to)) {
      return Double.NaN;
    }
    double sum = 0;
    for (int place = 0; place < PLACES; place++) {
      double at = from * Math.pow(to / from, place / (PLACES - 1.0));
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (CellRecord run : runs) {
        double accuracy = accuracy(run, at);
        low = Math.min(low, accuracy);
        high = Math.max(high, accuracy);
      }
      sum += high - low;
    }
    return sum / PLACES;
  }

  private static double accuracy(CellRecord run, double product) {
    double epoch = product / (rate(run) * run.stepsPerEpoch());
    int before = Math.min((int) Math.floor(epoch), run.lastEpoch());
    int after = Math.min(before + 1, run.lastEpoch());
    double share = Math.min(1, epoch - before);
    return (1 - share) * run.trainingAt(before) + share * run.trainingAt(after);
  }

  private static Table ends(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    for (CellRecord each : records.all()) {
      rows.add(
          List.of(
              rate(each),
              each.cell().seed(),
              product(each, each.lastEpoch()),
              each.finalTraining().accuracy(),
              each.finalTraining().loss()));
    }
    return new Table(
        "accuracies",
        "On the training set at the end of the schedule",
        List.of(AXIS, "seed", "rate × updates", "train acc", "train loss"),
        rows);
  }

  private static Figure plot(Records records) {
    List<Series> series = new ArrayList<>();
    for (String value : records.values(AXIS)) {
      List<CellRecord> runs = records.at(AXIS, value).all();
      TreeSet<Double> products = new TreeSet<>();
      for (CellRecord run : runs) {
        run.training().keySet().stream()
            .filter(epoch -> epoch > 0)
            .forEach(epoch -> products.add(product(run, epoch)));
      }
      series.add(
          Curves.of(
                  "rate " + value,
                  runs,
                  products,
                  (each, at) ->
                      each.trainingAt((int) Math.rint(at / (rate(each) * each.stepsPerEpoch()))))
              .get(0));
    }
    return new Plot(
        "accuracies",
        "Random labels fitted",
        Axis.log("learning rate × updates"),
        Axis.of("training accuracy"),
        series);
  }
}
