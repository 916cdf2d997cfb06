package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which width does a network need, as noise grows? (Arpit et al. 2017, §3.3.1, Fig. 5.) The width
 * needed is the smallest whose validation accuracy at the end of the schedule is within one
 * standard error (binomial, of the best width's accuracy) of the best. On CIFAR-10 the paper finds
 * it for random inputs and not for random labels.
 */
final class Capacity implements Analysis {
  private static final String AXIS = "width";

  private final String data;
  private final List<String> claimed;

  /**
   * @param data on which it is asked
   * @param claimed kinds of noise of which the claim speaks
   */
  Capacity(String data, List<String> claimed) {
    this.data = data;
    this.claimed = List.copyOf(claimed);
  }

  @Override
  public Report report(Records records) {
    return new Report(
        records.title(),
        List.of(
            "The width needed is the smallest within one standard error of the best validation"
                + " accuracy at the end of the schedule; best accuracies over epochs are in the"
                + " table as an oracle and decide nothing."),
        List.of(claim(records.complete())),
        List.of(accuracies(records), needed(records.complete())),
        plots(records));
  }

  private static double width(CellRecord record) {
    return Double.parseDouble(record.cell().at(AXIS));
  }

  /** Of runs that differ in width alone. */
  static double needed(List<CellRecord> runs) {
    double best =
        runs.stream().mapToDouble(each -> each.finalValidation().accuracy()).max().orElseThrow();
    long examples = runs.get(0).finalValidation().examples();
    double enough = best - Math.sqrt(best * (1 - best) / examples);
    return runs.stream()
        .filter(each -> each.finalValidation().accuracy() >= enough)
        .min(Comparator.comparingDouble(Capacity::width))
        .map(Capacity::width)
        .orElseThrow();
  }

  private static List<CellRecord> runs(Records records, String noise, int seed) {
    return records.at(Noise.AXIS, noise).all().stream()
        .filter(each -> each.cell().seed() == seed)
        .toList();
  }

  private Claim claim(Records records) {
    Decision decision =
        new Decision(
            "A7",
            "the width needed for the best validation accuracy on %s grows with %s"
                .formatted(data, claimed.size() > 1 ? "noise" : claimed.get(0)));
    List<Integer> seeds = records.completeSeeds();
    for (String kind : List.of("randX", "randY")) {
      List<String> levels =
          records.values(Noise.AXIS).stream()
              .filter(value -> value.equals("real") || Noise.of(value).kind().equals(kind))
              .toList();
      if (levels.size() < 2 || seeds.isEmpty()) {
        continue;
      }
      double[] shares = levels.stream().mapToDouble(level -> Noise.of(level).share()).toArray();
      double[] doublings =
          seeds.stream()
              .mapToDouble(
                  seed -> {
                    double[] log =
                        levels.stream()
                            .mapToDouble(
                                level -> Math.log(needed(runs(records, level, seed))) / Math.log(2))
                            .toArray();
                    return CensoredLine.fit(shares, log, new boolean[log.length]).slope();
                  })
              .toArray();
      String name = "doublings of the width from no to all %s".formatted(kind);
      if (claimed.contains(kind)) {
        decision.positive(name, doublings);
      } else {
        decision.beside(Estimate.of(doublings).as(name));
      }
    }
    for (String level : records.values(Noise.AXIS)) {
      double mean =
          seeds.stream()
              .mapToDouble(s -> Math.log(needed(runs(records, level, s))))
              .average()
              .orElse(Double.NaN);
      decision.beside(Quantity.of("width needed, " + level, Math.exp(mean)));
    }
    return decision.claim();
  }

  private static Table needed(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    for (String level : records.values(Noise.AXIS)) {
      for (int seed : records.completeSeeds()) {
        rows.add(List.of(level, seed, needed(runs(records, level, seed))));
      }
    }
    return new Table("needed", "Width needed", List.of(Noise.AXIS, "seed", AXIS), rows);
  }

  private static Table accuracies(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    for (CellRecord each : records.all()) {
      rows.add(
          List.of(
              each.cell().at(Noise.AXIS),
              each.cell().at(AXIS),
              each.cell().seed(),
              each.finalTraining().accuracy(),
              each.finalValidation().accuracy(),
              each.validationAt(each.peakEpoch())));
    }
    return new Table(
        "accuracies",
        "Accuracies at the end of the schedule, and the best of all epochs (an oracle)",
        List.of(Noise.AXIS, AXIS, "seed", "train acc", "validation acc", "best (oracle)"),
        rows);
  }

  private static List<Figure> plots(Records records) {
    List<Series> series = new ArrayList<>();
    List<Double> widths = records.values(AXIS).stream().map(Double::valueOf).toList();
    for (String noise : records.values(Noise.AXIS)) {
      series.addAll(
          Curves.of(
              noise,
              records.at(Noise.AXIS, noise).all(),
              widths,
              (each, at) -> width(each) == at ? each.finalValidation().accuracy() : Double.NaN));
    }
    return List.of(
        new Plot(
            "accuracies",
            "Validation accuracy at the end of the schedule",
            Axis.log("units of each hidden layer"),
            Axis.of("validation accuracy"),
            series));
  }
}
