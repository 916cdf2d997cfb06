package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.Axis;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.Plot;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Series;
import java.util.ArrayList;
import java.util.List;

/** Puts tables and pictures together. */
final class OnsetReport {
  private final Judgement judgement;

  OnsetReport(Judgement judgement) {
    this.judgement = judgement;
  }

  Report report() {
    return new Report(
        "Memorization onset: %d of %d runs of grid %s"
            .formatted(judgement.runs().size(), judgement.planned(), judgement.grid()),
        notes(),
        List.of(),
        new Tables(judgement).all(),
        figures());
  }

  private List<String> notes() {
    int fixing = judgement.of(Half.FIXED, condition -> true).size();
    return List.of(
        "Detectors as raised, with the thresholds that they are shipped with. Those were fixed by a"
            + " pilot on MNIST before any run here, none by these runs. In the table 'thresholds' and"
            + " in the pictures thresholds are shifted: chosen by the %d runs of the fixing half (the"
                .formatted(fixing)
            + " first seeds, data sets %s), judged by the %d runs of the other half (other seeds, data"
                .formatted(String.join(", ", judgement.fixedOn()), judgement.runs().size() - fixing)
            + " sets %s). All other tables show judged runs only."
                .formatted(String.join(", ", judgement.data())),
        "Truth: T_mem is the first of two looks in a row at which wrongly labelled training examples"
            + " are predicted as their given label more often than as another wrong label (exact"
            + " binomial test, 0.001). T_peak is the last evaluation at the peak of the unimodal"
            + " isotonic fit of accuracy on clean validation examples, T_harm the first step more"
            + " than half a point under it; there is harm only if the fit ends more than a point"
            + " under its peak. An alarm is in time if it comes before T_harm, or at any time in a"
            + " run without harm.",
        "Detectors see neither true labels nor clean examples nor what noise was asked for; those of"
            + " the view 'no hold-out' no hold-out either. A run that never raises keeps the"
            + " accuracy of its end. Shares in brackets: Wilson's interval at 95 %.");
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Judgement.modes()
        .forEach(
            (name, mode) -> {
              List<Series> series = new ArrayList<>();
              for (String detector : judgement.names()) {
                if (!detector.startsWith("channel:")) {
                  curve(mode, detector, series);
                }
              }
              if (!series.isEmpty()) {
                figures.add(
                    new Plot(
                        "trade-off-" + name.replace(", ", "-").replace(' ', '-'),
                        "False alarms and onsets in time as the threshold shifts, " + name,
                        Axis.of("share of silent runs with a false alarm"),
                        Axis.of("share of onsets raised in time"),
                        series));
              }
            });
    return figures;
  }

  private void curve(Judgement.Mode mode, String detector, List<Series> series) {
    TradeOff tradeOff = new ThresholdTable(judgement).tradeOff(Half.JUDGED, mode, detector);
    double[] shifts = tradeOff.shifts().toArray();
    if (shifts.length == 0 || tradeOff.silentRuns() == 0 || tradeOff.onsetRuns() == 0) {
      return;
    }
    double[] x = new double[shifts.length];
    double[] y = new double[shifts.length];
    for (int i = 0; i < shifts.length; i++) {
      x[i] = (double) tradeOff.falseAlarms(shifts[i]) / tradeOff.silentRuns();
      y[i] = (double) tradeOff.inTime(shifts[i]) / tradeOff.onsetRuns();
    }
    series.add(Series.line(detector, x, y));
  }
}
