package io.engram.trainer.experiment.paper;

import io.engram.events.Split;
import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.paper.CellRecord.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Accuracies and critical samples as labels or inputs become random (Arpit et al. 2017, §4.2, Figs.
 * 7 to 9 and footnote 5). Claims are judged at radius {@value #RADIUS}, in 0.3 on the scale of
 * pixels 0 to 255, chosen before any run: at the paper's own radius, 1, hardly an example of
 * networks of this size is critical, at 25 nearly all of those of random data.
 */
final class NoiseLevels implements Analysis {
  static final double RADIUS = 8;

  /** A change of accuracy or ratio that counts, one point. */
  private static final double POINT = 0.01;

  private static final int CLASSES = 10;

  @Override
  public Report report(Records records) {
    List<Claim> claims = new ArrayList<>();
    Records complete = records.complete();
    claims.add(validationPeaks(complete));
    claims.add(risesAfterPeak(complete));
    claims.add(randomInputs(complete));
    claims.add(aboveReal(complete));
    claims.add(trainingSet(complete));
    List<Figure> figures = new ArrayList<>();
    for (String data : records.values("data")) {
      for (String kind : List.of("randY", "randX")) {
        figures.addAll(plots(records.at("data", data), data, kind));
      }
    }
    return new Report(
        records.title(),
        List.of(
            "Critical sample ratios are lower bounds, around the same examples at every look."
                + " Claims are judged at radius %s (in 0.3 on the scale of pixels 0 to 255); the"
                    .formatted(Table.text(RADIUS))
                + " table has the others. Peaks of validation accuracy are read off the curve of"
                + " the run itself; a fall counts from one point on."),
        claims,
        List.of(ends(records), looks(records)),
        figures);
  }

  private static List<String> levels(Records records, String kind, double below) {
    return records.values(Noise.AXIS).stream()
        .filter(value -> Noise.of(value).kind().equals(kind) && Noise.of(value).share() < below)
        .toList();
  }

  private static String name(String data, String level, String what) {
    return "%s %s: %s".formatted(data, level, what);
  }

  private static Claim validationPeaks(Records records) {
    Decision decision =
        new Decision(
            "A11",
            "with random labels validation accuracy peaks before training accuracy passes what the"
                + " clean labels alone allow, and falls afterwards by more than a point");
    for (String data : records.values("data")) {
      for (String level : levels(records.at("data", data), "randY", 1)) {
        Records runs = records.at("data", data).at(Noise.AXIS, level);
        double share = Noise.of(level).share();
        double ceiling = 1 - share + share / CLASSES;
        decision
            .positive(
                name(data, level, "epochs from the peak until training passes the ceiling"),
                runs.each(each -> passes(each, ceiling) - each.peakEpoch()))
            .positive(
                name(data, level, "fall after the peak, beyond a point"),
                runs.each(
                    each ->
                        each.validationAt(each.peakEpoch())
                            - each.finalValidation().accuracy()
                            - POINT));
      }
    }
    return decision.claim();
  }

  /** Where it never does: one epoch after the last, which is the least that it can be. */
  private static int passes(CellRecord record, double ceiling) {
    int first = record.firstAt(Math.nextUp(ceiling));
    return first < 0 ? record.lastEpoch() + 1 : first;
  }

  private static double ratio(CellRecord record, Split split, int upTo) {
    double ratio = Double.NaN;
    for (Look look : record.looks(split, RADIUS)) {
      if (look.epoch() <= Math.max(1, upTo)) {
        ratio = look.ratio();
      }
    }
    return ratio;
  }

  private static double end(CellRecord record) {
    return ratio(record, Split.VALIDATION, Integer.MAX_VALUE);
  }

  private static Claim risesAfterPeak(Records records) {
    Decision decision =
        new Decision(
            "A12",
            "with random labels the critical sample ratio rises after the peak of validation"
                + " accuracy, and in the end it is higher, the more labels are random");
    for (String data : records.values("data")) {
      Records of = records.at("data", data);
      for (String level : levels(of, "randY", 1)) {
        decision.positive(
            name(data, level, "rise after the peak"),
            of.at(Noise.AXIS, level)
                .each(each -> end(each) - ratio(each, Split.VALIDATION, each.peakEpoch())));
      }
      growth(decision, of, data, "randY");
    }
    return decision.claim();
  }

  private static Claim randomInputs(Records records) {
    Decision decision =
        new Decision(
            "A13", "in the end the critical sample ratio is higher, the more inputs are random");
    for (String data : records.values("data")) {
      growth(decision, records.at("data", data), data, "randX");
    }
    return decision.claim();
  }

  /** The slope of the ratio on the share of what is random, real data at 0. */
  private static void growth(Decision decision, Records of, String data, String kind) {
    List<String> levels = new ArrayList<>(levels(of, "real", 1));
    levels.addAll(levels(of, kind, 2));
    if (levels.size() < 2 || !levels.get(0).equals("real")) {
      return;
    }
    double[] shares = levels.stream().mapToDouble(level -> Noise.of(level).share()).toArray();
    List<Integer> seeds = of.completeSeeds();
    double[][] ends = new double[levels.size()][];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = of.at(Noise.AXIS, levels.get(i)).bySeed(seeds, NoiseLevels::end);
      decision.beside(Estimate.of(ends[i]).as(name(data, levels.get(i), "in the end")));
    }
    double[] slopes = new double[seeds.size()];
    for (int seed = 0; seed < slopes.length; seed++) {
      double[] values = new double[ends.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ends[i][seed];
      }
      slopes[seed] = CensoredLine.fit(shares, values, new boolean[values.length]).slope();
    }
    decision.positive(name(data, kind, "growth from none to all random"), slopes);
  }

  private static Claim aboveReal(Records records) {
    Decision decision =
        new Decision(
            "A14",
            "the critical sample ratio of networks trained on nothing but random inputs or labels"
                + " is higher than on real data, and on all three it grows and then stays");
    for (String data : records.values("data")) {
      Records of = records.at("data", data);
      List<Integer> seeds = of.completeSeeds();
      List<String> kinds =
          of.values(Noise.AXIS).stream()
              .filter(value -> value.equals("real") || Noise.of(value).share() == 1)
              .toList();
      if (kinds.size() < 2) {
        continue;
      }
      double[] real = of.at(Noise.AXIS, "real").bySeed(seeds, NoiseLevels::end);
      for (String kind : kinds) {
        Records runs = of.at(Noise.AXIS, kind);
        if (!kind.equals("real")) {
          double[] above = runs.bySeed(seeds, NoiseLevels::end);
          for (int i = 0; i < above.length; i++) {
            above[i] -= real[i];
          }
          decision.positive(name(data, kind, "above real"), above);
        }
        decision
            .positive(
                name(data, kind, "growth"),
                runs.each(each -> end(each) - ratio(each, Split.VALIDATION, 1)))
            .positive(
                name(data, kind, "growth in the first half beyond that in the second"),
                runs.each(
                    each ->
                        2 * ratio(each, Split.VALIDATION, each.lastEpoch() / 2)
                            - ratio(each, Split.VALIDATION, 1)
                            - end(each)));
      }
    }
    return decision.claim();
  }

  private static Claim trainingSet(Records records) {
    Decision decision =
        new Decision(
            "A15",
            "around training examples the critical sample ratio rises by more than a point and then"
                + " falls by more than a point");
    for (String data : records.values("data")) {
      Records of = records.at("data", data);
      for (String kind : of.values(Noise.AXIS)) {
        if (kind.equals("real") || Noise.of(kind).share() == 1) {
          Records runs = of.at(Noise.AXIS, kind);
          decision
              .positive(
                  name(data, kind, "rise, beyond a point"),
                  runs.each(each -> highest(each) - ratio(each, Split.TRAIN, 1) - POINT))
              .positive(
                  name(data, kind, "fall, beyond a point"),
                  runs.each(
                      each -> highest(each) - ratio(each, Split.TRAIN, Integer.MAX_VALUE) - POINT));
        }
      }
    }
    return decision.claim();
  }

  private static double highest(CellRecord record) {
    return record.looks(Split.TRAIN, RADIUS).stream()
        .mapToDouble(Look::ratio)
        .max()
        .orElse(Double.NaN);
  }

  private static Table ends(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    records
        .byCondition()
        .forEach(
            (at, runs) -> {
              List<Object> row = new ArrayList<>(at.values());
              row.add(runs.size());
              Records of = new Records(records.study(), records.title(), Set.of(at), runs);
              row.add(Estimate.of(of.each(each -> each.finalTraining().accuracy())).value());
              row.add(Estimate.of(of.each(CellRecord::peakEpoch)).value());
              row.add(Estimate.of(of.each(each -> each.validationAt(each.peakEpoch()))).value());
              row.add(Estimate.of(of.each(each -> each.finalValidation().accuracy())).value());
              row.add(
                  Estimate.of(of.each(each -> ratio(each, Split.VALIDATION, each.peakEpoch())))
                      .value());
              Estimate end = Estimate.of(of.each(NoiseLevels::end));
              row.add(end.value());
              row.add(end.low());
              row.add(end.high());
              rows.add(row);
            });
    return new Table(
        "ends",
        "Means over seeds, critical sample ratios of validation examples at radius %s"
            .formatted(Table.text(RADIUS)),
        List.of(
            "data",
            Noise.AXIS,
            "seeds",
            "train acc",
            "peak epoch",
            "val at peak",
            "val at end",
            "CSR at peak",
            "CSR at end",
            "low",
            "high"),
        rows);
  }

  private static Table looks(Records records) {
    List<List<Object>> rows = new ArrayList<>();
    for (CellRecord each : records.all()) {
      for (Look look : each.looks()) {
        rows.add(
            List.of(
                each.cell().at("data"),
                each.cell().at(Noise.AXIS),
                each.cell().seed(),
                look.split().label(),
                look.radius(),
                look.epoch(),
                each.trainingAt(look.epoch()),
                each.validationAt(look.epoch()),
                look.ratio()));
      }
    }
    return new Table(
        "looks",
        "Every search for critical samples",
        List.of(
            "data",
            Noise.AXIS,
            "seed",
            "split",
            "radius",
            "epoch",
            "train acc",
            "validation acc",
            "CSR"),
        rows);
  }

  private static List<Figure> plots(Records of, String data, String kind) {
    List<Series> accuracies = new ArrayList<>();
    List<Series> validation = new ArrayList<>();
    List<Series> training = new ArrayList<>();
    List<String> levels = new ArrayList<>(levels(of, "real", 1));
    levels.addAll(levels(of, kind, 2));
    for (String level : levels) {
      List<CellRecord> runs = of.at(Noise.AXIS, level).all();
      TreeSet<Double> epochs = new TreeSet<>();
      TreeSet<Double> looks = new TreeSet<>();
      for (CellRecord each : runs) {
        each.validation().keySet().forEach(epoch -> epochs.add((double) epoch));
        each.looks(Split.VALIDATION, RADIUS).forEach(look -> looks.add((double) look.epoch()));
      }
      accuracies.add(
          Curves.of(level, runs, epochs, (each, at) -> each.validationAt(at.intValue())).get(0));
      validation.add(Curves.of(level, runs, looks, at(Split.VALIDATION)).get(0));
      training.add(Curves.of(level, runs, looks, at(Split.TRAIN)).get(0));
    }
    String where = "%s, %s".formatted(data, kind);
    return List.of(
        againstShare(of, levels, data, kind),
        new Plot(
            "accuracy-%s-%s".formatted(data, kind),
            "Validation accuracy, " + where,
            Axis.of("epoch"),
            Axis.of("validation accuracy"),
            accuracies),
        new Plot(
            "csr-%s-%s".formatted(data, kind),
            "Critical validation samples, " + where,
            Axis.log("epoch"),
            Axis.of("critical sample ratio"),
            validation),
        new Plot(
            "csr-training-%s-%s".formatted(data, kind),
            "Critical training samples, " + where,
            Axis.log("epoch"),
            Axis.of("critical sample ratio"),
            training));
  }

  private static Figure againstShare(Records of, List<String> levels, String data, String kind) {
    List<CellRecord> runs =
        of.all().stream().filter(each -> levels.contains(each.cell().at(Noise.AXIS))).toList();
    List<Double> shares = levels.stream().map(level -> Noise.of(level).share()).toList();
    List<Series> series = new ArrayList<>();
    series.addAll(
        Curves.of(
            "at the end",
            runs,
            shares,
            (each, at) -> share(each) == at ? each.finalValidation().accuracy() : Double.NaN));
    series.addAll(
        Curves.of(
            "best of all epochs (oracle)",
            runs,
            shares,
            (each, at) -> share(each) == at ? each.validationAt(each.peakEpoch()) : Double.NaN));
    return new Plot(
        "validation-%s-%s".formatted(data, kind),
        "Final and best validation accuracy against the share of %s, %s".formatted(kind, data),
        Axis.of("share that is random"),
        Axis.of("validation accuracy"),
        series);
  }

  private static double share(CellRecord record) {
    return Noise.of(record.cell()).share();
  }

  private static BiFunction<CellRecord, Double, Double> at(Split split) {
    return (each, epoch) ->
        each.looks(split, RADIUS).stream()
            .filter(look -> look.epoch() == epoch)
            .map(Look::ratio)
            .findFirst()
            .orElse(Double.NaN);
  }
}
