package io.engram.trainer.experiment.svalidation;

import io.engram.events.svalidation.Judgement;
import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The pictures of {@link SValidation}: the paper's, and the centres of all networks in one. */
final class Figures {
  /** Epoch 0 has a place on a logarithmic axis then. */
  private static final Axis EPOCHS = Axis.log("epoch + 1");

  private final Runs runs;

  Figures(Runs runs) {
    this.runs = runs;
  }

  List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    for (Group group : runs.groups()) {
      for (int set = 0; set < runs.fractions().size(); set++) {
        figures.add(centres(group, set));
      }
      for (Net net : runs.nets(group)) {
        figures.add(network(runs.of(group, net).get(0)));
      }
    }
    return figures;
  }

  /** As in Figs. 1 to 5: null, observed score, validation accuracy and chance. */
  private Plot network(NetworkRun run) {
    List<Series> series = new ArrayList<>();
    double[] epochs = epochs(run);
    for (int s = 0; s < runs.fractions().size(); s++) {
      int set = s;
      String name = "%s shuffled".formatted(runs.percent(set));
      ToDoubleFunction<Checkpoint> low = c -> judged(c, set).lower();
      ToDoubleFunction<Checkpoint> high = c -> judged(c, set).upper();
      series.add(Series.band(name, epochs, values(run, low), values(run, high)));
      series.add(Series.dashed(name, epochs, values(run, c -> judged(c, set).median())));
      series.add(Series.line(name, epochs, values(run, c -> judged(c, set).observed())));
    }
    series.add(Series.line("validation accuracy", epochs, values(run, run::validation)));
    series.add(Series.dashed("chance", epochs, values(run, c -> judged(c, 0).chance())));
    return new Plot(
        "null-%s-%s".formatted(run.net().letter(), run.group().file()),
        "%s: %s, seed %d. Bands: 95 %% of the null, dashes: its centre, lines: observed"
            .formatted(run.net().letter(), run.group().name(), run.seed()),
        EPOCHS,
        Axis.of("accuracy"),
        series);
  }

  /** Means over the seeds. */
  private Plot centres(Group group, int set) {
    List<Series> series = new ArrayList<>();
    for (Net net : runs.nets(group)) {
      List<NetworkRun> same = runs.of(group, net);
      NetworkRun first = same.get(0);
      double[] means = new double[first.checkpoints().size()];
      for (NetworkRun run : same) {
        double[] medians = values(run, c -> judged(c, set).median());
        for (int i = 0; i < means.length; i++) {
          means[i] += medians[i] / same.size();
        }
      }
      series.add(Series.line(net.letter(), epochs(first), means));
    }
    double pixels =
        runs.of(group).stream().mapToDouble(run -> run.pixels(set).median()).average().orElse(0);
    double last = runs.of(group).stream().mapToDouble(run -> run.last().epoch()).max().orElse(1);
    double[] ends = {1, last + 1};
    series.add(Series.dashed("raw pixels", ends, new double[] {pixels, pixels}));
    return new Plot(
        "centres-%s-%s".formatted(runs.percent(set).replace(" %", ""), group.file()),
        "Centre of the null, %s shuffled: %s".formatted(runs.percent(set), group.name()),
        EPOCHS,
        Axis.of("accuracy"),
        series);
  }

  private static Judgement judged(Checkpoint checkpoint, int set) {
    return checkpoint.judgements().get(set);
  }

  private static double[] epochs(NetworkRun run) {
    return values(run, checkpoint -> checkpoint.epoch() + 1);
  }

  private static double[] values(NetworkRun run, ToDoubleFunction<Checkpoint> of) {
    return run.checkpoints().stream().mapToDouble(of).toArray();
  }
}
