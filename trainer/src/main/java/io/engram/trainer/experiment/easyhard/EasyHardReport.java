package io.engram.trainer.experiment.easyhard;

import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Condition;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What the counts of {@link EasyHard} say. */
final class EasyHardReport {
  private final Parameters set;
  private final String dataset;
  private final List<EasyHardScale> scales;

  EasyHardReport(Parameters set, String dataset, List<EasyHardScale> scales) {
    this.set = set;
    this.dataset = dataset;
    this.scales = List.copyOf(scales);
  }

  Report report() {
    List<Claim> claims = new ArrayList<>();
    List<Table> tables = new ArrayList<>(List.of(summary()));
    List<Figure> figures = new ArrayList<>();
    for (EasyHardScale scale : scales) {
      claims.add(easyExamples(scale));
      claims.add(binomialNoise(scale));
      tables.add(rates(scale));
      figures.add(plot(scale));
    }
    return new Report(
        "Easy and hard examples: %s, %d runs of one epoch".formatted(dataset, set.whole("runs")),
        List.of(
            ("Arpit et al. 2017, §3.1 and Fig. 1. Each of %d training examples was "
                    + "classified as its given label or not after one epoch, from %d "
                    + "initializations and orders; the data, noise images and random labels "
                    + "included, were the same in all runs.")
                .formatted(set.whole("evaluated"), set.whole("runs")),
            ("phi is the variance of the counts over that of a binomial with one "
                + "rate, phi within classes over that of one rate a given label; their "
                + "intervals are bootstraps over the examples. Its null deals the "
                + "successes of each run anew among the examples with the same given "
                + "label. phi grows with the number of runs, the correlation rho does not.")),
        claims,
        tables,
        figures);
  }

  private static Claim easyExamples(EasyHardScale scale) {
    EasyHardResult real = scale.of(Condition.REAL);
    EasyHardResult noise = scale.of(Condition.RAND_X);
    double ratio = real.dispersion().within() / noise.dispersion().within();
    boolean spread = ratio > 3;
    boolean extremes = real.extremes().value() > noise.extremes().value();
    return new Claim(
        "A1",
        "some real examples are easy and others hard: phi within classes of real data is more than"
            + " 3 times that of randX, and more examples are always or never right"
            + at(scale),
        List.of(
            real.within(),
            noise.within(),
            Quantity.of("ratio", ratio),
            real.extremes(),
            noise.extremes()),
        Verdict.of(spread && extremes),
        spread && extremes
            ? "both hold"
            : spread ? "the extremes are not more frequent" : "the ratio is not above 3");
  }

  private static Claim binomialNoise(EasyHardScale scale) {
    EasyHardResult noise = scale.of(Condition.RAND_X);
    EasyHardResult labels = scale.of(Condition.RAND_Y);
    boolean binomial = noise.dispersion().within() < 1.2;
    boolean more = labels.within().low() > noise.within().high();
    boolean fewer = labels.dispersion().within() <= noise.dispersion().within();
    Verdict verdict =
        binomial && more
            ? Verdict.REPRODUCED
            : !binomial || fewer ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE;
    return new Claim(
        "A2",
        "randX is as if all its examples were alike (phi within classes below 1.2), randY is not"
            + " (larger)"
            + at(scale),
        List.of(
            noise.within(),
            Quantity.of("its permutation p-value", noise.pValue()),
            labels.within(),
            Quantity.of("its permutation p-value", labels.pValue())),
        verdict,
        !binomial
            ? "randX is at 1.2 or above"
            : more
                ? "randX is below 1.2 and the interval of randY lies above that of randX"
                : fewer ? "randY is not larger" : "the intervals of randX and randY overlap");
  }

  private static String at(EasyHardScale scale) {
    return " (%,d training examples)".formatted(scale.training());
  }

  private Table summary() {
    List<List<Object>> rows = new ArrayList<>();
    for (EasyHardScale scale : scales) {
      for (EasyHardResult result : scale.results()) {
        List<Object> row = new ArrayList<>(List.of(scale.training()));
        row.addAll(result.row());
        rows.add(row);
      }
    }
    return new Table(
        "summary",
        "Dispersion of the counts of successes",
        List.of(
            "training",
            "data",
            "rate",
            "phi",
            "phi within",
            "low",
            "high",
            "null median",
            "null 97.5 %",
            "p",
            "Tarone Z",
            "rho",
            "always",
            "never"),
        rows);
  }

  private static Table rates(EasyHardScale scale) {
    int[] ids = scale.ids();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      List<Object> row = new ArrayList<>();
      row.add(ids[i]);
      for (EasyHardResult result : scale.results()) {
        Successes counts = result.successes();
        row.add(counts.labels()[i]);
        row.add(1 - (double) counts.counts()[i] / counts.runs());
      }
      rows.add(row);
    }
    return new Table(
        "rates-%d".formatted(scale.training()),
        "Share of runs in which each example was wrong" + at(scale),
        List.of("id", "real label", "real", "randX label", "randX", "randY label", "randY"),
        rows);
  }

  private Plot plot(EasyHardScale scale) {
    List<Series> series = new ArrayList<>();
    for (EasyHardResult result : scale.results()) {
      Successes counts = result.successes();
      double[] failures =
          Arrays.stream(counts.counts()).mapToDouble(k -> 1 - (double) k / counts.runs()).toArray();
      Arrays.sort(failures);
      series.add(Series.line(result.condition().words(), shares(failures.length), failures));
    }
    double[] reference =
        EasyHard.reference(
            scale.of(Condition.RAND_X).dispersion().rate(),
            set.whole("runs"),
            new Random(set.whole("seed")));
    series.add(Series.dashed("binomial at randX's rate", shares(reference.length), reference));
    return new Plot(
        "rates-%d".formatted(scale.training()),
        "Misclassification after one epoch, examples sorted" + at(scale),
        Axis.of("share of examples"),
        Axis.of("share of runs in which it is wrong"),
        series);
  }

  private static double[] shares(int count) {
    double[] shares = new double[count];
    Arrays.setAll(shares, i -> (i + 0.5) / count);
    return shares;
  }
}
