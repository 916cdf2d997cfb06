package io.engram.trainer.experiment.critical;

import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.PairedChange;
import io.engram.events.Split;
import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.critical.CriticalRun.Look;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the runs of {@link CriticalSamples} say. */
final class CriticalReport {
  private static final double SIGNIFICANT = 0.01;

  private final Parameters set;
  private final String dataset;
  private final List<CriticalRun> runs;
  private final double radius;

  /**
   * @param runs real data first
   */
  CriticalReport(Parameters set, String dataset, List<CriticalRun> runs) {
    this(set, dataset, runs, Collections.max(set.numbers("radii")));
  }

  /**
   * @param radius that claims, summary and plots speak of
   */
  private CriticalReport(Parameters set, String dataset, List<CriticalRun> runs, double radius) {
    this.set = set;
    this.dataset = dataset;
    this.runs = List.copyOf(runs);
    this.radius = radius;
  }

  Report report() {
    List<Claim> claims = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    for (double each : set.numbers("radii")) {
      CriticalReport at = new CriticalReport(set, dataset, runs, each);
      claims.addAll(at.claims());
      tables.add(at.summary());
      figures.add(at.plot("randY", Split.VALIDATION));
      figures.add(at.plot("randX", Split.VALIDATION));
      figures.add(at.plot("randY", Split.TRAIN));
    }
    tables.add(looks());
    return new Report(
        "Critical samples: %s, %d training examples".formatted(dataset, set.whole("training")),
        List.of(
            ("Arpit et al. 2017, §4.2. An example is critical if the search finds an "
                    + "input within the radius that is classified otherwise; the ratio is a "
                    + "lower bound. Around the same %d validation and %d training examples at "
                    + "every look, %d steps of search. Claims are judged at each radius (in "
                    + "0.3 on the scale of pixels 0 to 255), intervals are Wilson's at 95 %%, "
                    + "changes are McNemar's on the same examples, exact, significant below "
                    + "%s. Looks before the first epoch do not count.")
                .formatted(
                    set.whole("searched"),
                    set.whole("searched"),
                    set.whole("iterations"),
                    SIGNIFICANT)),
        claims,
        tables,
        figures);
  }

  private List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    claims.add(risesAfterPeak());
    claims.add(
        grows(
            "A12",
            "randY",
            "critical samples at the end are more, the larger the share of random labels"));
    claims.add(
        grows(
            "A13",
            "randX",
            "critical samples at the end are more, the larger the share of random inputs"));
    if (set.numbers("shares").contains(1.0)) {
      claims.add(aboveReal());
    }
    claims.add(realRises());
    claims.add(trainingRisesThenFalls());
    return claims.stream().map(this::withRadius).toList();
  }

  private Claim withRadius(Claim claim) {
    return new Claim(
        claim.id(),
        "%s (radius %s)".formatted(claim.statement(), radius),
        claim.quantities(),
        claim.verdict(),
        claim.reason());
  }

  private CriticalRun real() {
    return runs.get(0);
  }

  private List<CriticalRun> of(String kind) {
    return runs.stream().filter(run -> run.kind().equals(kind)).toList();
  }

  private static Quantity ratio(String name, Look look) {
    Interval interval = look.interval();
    return new Quantity(
        "%s, epoch %d".formatted(name, look.epoch()),
        look.ratio(),
        interval.lower(),
        interval.upper());
  }

  private Claim risesAfterPeak() {
    List<Quantity> quantities = new ArrayList<>();
    List<String> not = new ArrayList<>();
    int judged = 0;
    for (CriticalRun run : of("randY")) {
      if (run.share() == 1) {
        continue;
      }
      Look peak = run.peak(radius);
      Look last = run.last(Split.VALIDATION, radius);
      PairedChange change = peak.until(last);
      quantities.add(ratio(run.name() + " at the validation peak", peak));
      quantities.add(ratio("at the end", last));
      quantities.add(Quantity.of("p", change.p()));
      judged++;
      if (!(change.gained() > change.lost() && change.p() < SIGNIFICANT)) {
        not.add(run.name() + (peak.ratio() == 1 ? " (1 at the peak already)" : ""));
      }
    }
    return claim(
        "A12",
        "with random labels the critical sample ratio rises after the peak of validation accuracy",
        quantities,
        judged,
        not,
        "no significant rise: ");
  }

  /** Reproduced where all cases hold, not reproduced where none does. */
  private static Claim claim(
      String id,
      String statement,
      List<Quantity> quantities,
      int judged,
      List<String> not,
      String problem) {
    Verdict verdict =
        not.isEmpty()
            ? Verdict.REPRODUCED
            : not.size() == judged ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE;
    String reason =
        not.isEmpty()
            ? "it holds in all %d cases".formatted(judged)
            : "it holds in %d of %d cases; %s%s"
                .formatted(judged - not.size(), judged, problem, String.join(", ", not));
    return new Claim(id, statement, quantities, verdict, reason);
  }

  private Claim grows(String id, String kind, String statement) {
    List<Quantity> quantities = new ArrayList<>();
    List<String> not = new ArrayList<>();
    quantities.add(ratio("real", real().last(Split.VALIDATION, radius)));
    Look before = real().last(Split.VALIDATION, radius);
    int judged = 0;
    for (CriticalRun run : of(kind)) {
      Look last = run.last(Split.VALIDATION, radius);
      PairedChange change = before.until(last);
      quantities.add(ratio(run.name(), last));
      judged++;
      if (!(change.gained() > change.lost())) {
        not.add(run.name());
      }
      before = last;
    }
    PairedChange whole = real().last(Split.VALIDATION, radius).until(before);
    quantities.add(Quantity.of("p, largest share against real", whole.p()));
    if (!(whole.gained() > whole.lost() && whole.p() < SIGNIFICANT)) {
      return new Claim(
          id,
          statement,
          quantities,
          Verdict.NOT_REPRODUCED,
          "the largest share is not significantly above real");
    }
    return claim(id, statement, quantities, judged, not, "not above the share before: ");
  }

  private Claim aboveReal() {
    List<Quantity> quantities = new ArrayList<>();
    List<String> not = new ArrayList<>();
    Look base = real().last(Split.VALIDATION, radius);
    quantities.add(ratio("real", base));
    for (CriticalRun run : runs) {
      if (run.share() == 1) {
        Look last = run.last(Split.VALIDATION, radius);
        PairedChange change = base.until(last);
        quantities.add(ratio(run.name(), last));
        quantities.add(Quantity.of("p", change.p()));
        if (!(change.gained() > change.lost() && change.p() < SIGNIFICANT)) {
          not.add(run.name());
        }
      }
    }
    return claim(
        "A14",
        "networks trained on nothing but random inputs or random labels have more critical"
            + " validation samples than one trained on real data",
        quantities,
        2,
        not,
        "not above real: ");
  }

  private Claim realRises() {
    List<Look> looks = real().looks(Split.VALIDATION, radius);
    Look first = looks.get(0);
    Look last = looks.get(looks.size() - 1);
    PairedChange change = first.until(last);
    boolean significant = change.p() < SIGNIFICANT;
    boolean rises = change.gained() > change.lost();
    return new Claim(
        "A14",
        "on real data the critical sample ratio grows with training",
        List.of(ratio("real", first), ratio("real", last), Quantity.of("p", change.p())),
        significant ? Verdict.of(rises) : Verdict.INCONCLUSIVE,
        significant ? rises ? "it rises" : "it falls" : "no significant change");
  }

  private Claim trainingRisesThenFalls() {
    List<Quantity> quantities = new ArrayList<>();
    List<String> not = new ArrayList<>();
    for (CriticalRun run : runs) {
      List<Look> looks = run.looks(Split.TRAIN, radius);
      Look highest = looks.get(0);
      for (Look look : looks) {
        highest = look.ratio() > highest.ratio() ? look : highest;
      }
      Look first = looks.get(0);
      Look last = looks.get(looks.size() - 1);
      PairedChange up = first.until(highest);
      PairedChange down = highest.until(last);
      quantities.add(ratio(run.name(), first));
      quantities.add(ratio("highest", highest));
      quantities.add(ratio("end", last));
      if (!(up.p() < SIGNIFICANT && down.p() < SIGNIFICANT)) {
        not.add(run.name());
      }
    }
    return claim(
        "A15",
        "around training examples the critical sample ratio rises and then falls",
        quantities,
        runs.size(),
        not,
        "no significant rise and fall: ");
  }

  private Table summary() {
    List<List<Object>> rows = new ArrayList<>();
    for (CriticalRun run : runs) {
      Look peak = run.peak(radius);
      Look last = run.last(Split.VALIDATION, radius);
      PairedChange change = peak.until(last);
      rows.add(
          List.of(
              run.name(),
              run.training(last.epoch()),
              peak.epoch(),
              run.validation(peak.epoch()),
              run.validation(last.epoch()),
              peak.ratio(),
              last.ratio(),
              last.interval().lower(),
              last.interval().upper(),
              change.gained(),
              change.lost(),
              change.p()));
    }
    return new Table(
        "summary-%s".formatted(radius),
        ("Critical sample ratio of the validation examples at radius %s, at the "
                + "validation peak and at the end")
            .formatted(radius),
        List.of(
            "data",
            "train acc",
            "peak epoch",
            "val at peak",
            "val at end",
            "CSR at peak",
            "CSR at end",
            "low",
            "high",
            "gained",
            "lost",
            "p"),
        rows);
  }

  private Table looks() {
    List<List<Object>> rows = new ArrayList<>();
    for (CriticalRun run : runs) {
      for (Split split : List.of(Split.VALIDATION, Split.TRAIN)) {
        for (double each : set.numbers("radii")) {
          for (Look look : run.looks(split, each)) {
            rows.add(
                List.of(
                    run.name(),
                    split.label(),
                    each,
                    look.epoch(),
                    run.training(look.epoch()),
                    run.validation(look.epoch()),
                    look.ratio(),
                    look.interval().lower(),
                    look.interval().upper()));
          }
        }
      }
    }
    return new Table(
        "looks",
        "Every look",
        List.of(
            "data",
            "split",
            "radius",
            "epoch",
            "train acc",
            "validation acc",
            "CSR",
            "low",
            "high"),
        rows);
  }

  private Plot plot(String kind, Split split) {
    List<Series> series = new ArrayList<>();
    List<CriticalRun> shown = new ArrayList<>(List.of(real()));
    shown.addAll(of(kind));
    for (CriticalRun run : shown) {
      List<Look> looks = run.looks(split, radius);
      series.add(
          Series.line(
              run.name(),
              looks.stream().mapToDouble(Look::epoch).toArray(),
              looks.stream().mapToDouble(Look::ratio).toArray()));
    }
    String of = split == Split.TRAIN ? "training" : "validation";
    return new Plot(
        "csr-%s-%s-%s".formatted(kind, of, radius),
        "Critical sample ratio, %s examples, radius %s".formatted(of, radius),
        Axis.log("epoch"),
        Axis.of("share of examples that are critical"),
        series);
  }
}
