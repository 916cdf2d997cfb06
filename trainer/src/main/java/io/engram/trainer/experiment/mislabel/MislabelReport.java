package io.engram.trainer.experiment.mislabel;

import io.engram.collector.aggregate.MislabelScore;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the runs of {@link Mislabel} say. */
final class MislabelReport {
  private static final double AIM = 0.97;

  private final Parameters set;
  private final String dataset;
  private final List<MislabelRun> runs;

  MislabelReport(Parameters set, String dataset, List<MislabelRun> runs) {
    this.set = set;
    this.dataset = dataset;
    this.runs = List.copyOf(runs);
  }

  Report report() {
    List<Claim> claims = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    for (double noise : set.numbers("noise")) {
      claims.add(claim(noise, MislabelScore.COMBINED));
      claims.add(claim(noise, MislabelScore.CSL));
      figures.add(plot(noise));
    }
    return new Report(
        "Wrong labels, ranked by their own training steps: %s, %d examples"
            .formatted(dataset, set.whole("training")),
        List.of(
            ("AUROC is the chance that an example with a wrong label ranks above one "
                    + "with a right label. The schedule was declared beforehand and is judged "
                    + "at its end, after %d epochs; the best over the epochs is printed as an "
                    + "oracle only. Noise is uniform over all classes, the true one included, "
                    + "so that fewer labels are wrong than were drawn anew. Numbers are means "
                    + "over %d seeds, intervals their lowest and highest.")
                .formatted(set.whole("epochs"), set.whole("seeds")),
            ("combined is the mean of the ranks by AUM, CSL and direct CSG; forgetting "
                    + "was left out after seeds 1 to 3, so other seeds are judged. Confident learning ranks each example by what a network says of it "
                    + "that was trained on other folds, %d trainings of the same schedule more. "
                    + "Of the single scores CSL is judged, since it does best on generated glyphs.")
                .formatted(set.whole("folds"))),
        claims,
        List.of(scores(), confident(), epochs()),
        figures);
  }

  private Claim claim(double noise, MislabelScore score) {
    Quantity last = over(noise, "AUROC " + score.label(), run -> run.last(score));
    boolean all = last.low() >= AIM;
    boolean none = last.high() < AIM;
    return new Claim(
        "mislabel %s %s".formatted(noise, score.label()),
        "at %s noise the ranking by %s reaches an AUROC of %s at the end of the schedule"
            .formatted(noise, score.label(), AIM),
        List.of(
            last,
            over(noise, "oracle", run -> run.oracle(score)),
            over(
                noise,
                "AUROC %d-fold self-confidence".formatted(set.whole("folds")),
                MislabelRun::selfConfidence)),
        all ? Verdict.REPRODUCED : none ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE,
        all
            ? "every seed reaches it"
            : none ? "no seed reaches it" : "some seeds reach it, some do not");
  }

  private Quantity over(double noise, String name, ToDoubleFunction<MislabelRun> value) {
    double[] values = at(noise).stream().mapToDouble(value).sorted().toArray();
    return new Quantity(
        name, Arrays.stream(values).average().orElseThrow(), values[0], values[values.length - 1]);
  }

  private List<MislabelRun> at(double noise) {
    return runs.stream().filter(run -> run.noise() == noise).toList();
  }

  private Table scores() {
    List<List<Object>> rows = new ArrayList<>();
    for (double noise : set.numbers("noise")) {
      for (MislabelScore score : MislabelScore.values()) {
        Quantity last = over(noise, "", run -> run.last(score));
        Quantity oracle = over(noise, "", run -> run.oracle(score));
        rows.add(
            List.of(noise, score.label(), last.value(), last.low(), last.high(), oracle.value()));
      }
    }
    return new Table(
        "scores",
        "AUROC at the end of the schedule",
        List.of("noise", "score", "AUROC", "lowest", "highest", "oracle"),
        rows);
  }

  private Table confident() {
    List<List<Object>> rows = new ArrayList<>();
    for (double noise : set.numbers("noise")) {
      rows.add(
          List.of(
              noise,
              over(noise, "", MislabelRun::wrongShare).value(),
              over(noise, "", MislabelRun::selfConfidence).value(),
              over(noise, "", MislabelRun::normalizedMargin).value(),
              over(noise, "", MislabelRun::precision).value(),
              over(noise, "", MislabelRun::recall).value()));
    }
    return new Table(
        "confident",
        "%d-fold confident learning, means over the seeds".formatted(set.whole("folds")),
        List.of(
            "noise",
            "labels wrong",
            "AUROC self-confidence",
            "AUROC margin",
            "joint: precision",
            "joint: recall"),
        rows);
  }

  private Table epochs() {
    List<String> header = new ArrayList<>(List.of("noise", "epoch", "validation"));
    for (MislabelScore score : MislabelScore.values()) {
      header.add(score.label());
    }
    List<List<Object>> rows = new ArrayList<>();
    for (double noise : set.numbers("noise")) {
      for (int epoch = 1; epoch <= set.whole("epochs"); epoch++) {
        int index = epoch - 1;
        List<Object> row = new ArrayList<>(List.of(noise, epoch));
        row.add(over(noise, "", run -> run.validation()[index]).value());
        for (MislabelScore score : MislabelScore.values()) {
          row.add(over(noise, "", run -> run.curve(score)[index]).value());
        }
        rows.add(row);
      }
    }
    return new Table("epochs", "AUROC over the epochs, means over the seeds", header, rows);
  }

  private Plot plot(double noise) {
    double[] epochs = new double[set.whole("epochs")];
    Arrays.setAll(epochs, i -> i + 1);
    List<Series> series = new ArrayList<>();
    for (MislabelScore score : MislabelScore.values()) {
      double[] values = new double[epochs.length];
      Arrays.setAll(values, i -> over(noise, "", run -> run.curve(score)[i]).value());
      series.add(Series.line(score.label(), epochs, values));
    }
    double confident = over(noise, "", MislabelRun::selfConfidence).value();
    series.add(
        Series.dashed(
            "%d-fold self-confidence".formatted(set.whole("folds")),
            new double[] {1, epochs.length},
            new double[] {confident, confident}));
    return new Plot(
        "auroc-%s".formatted(noise),
        "AUROC of wrong labels, %s noise".formatted(noise),
        Axis.of("epoch"),
        Axis.of("AUROC"),
        series);
  }
}
