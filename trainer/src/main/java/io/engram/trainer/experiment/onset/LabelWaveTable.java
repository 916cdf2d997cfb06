package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.PairedChange;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;

/** The onset channel and Label Wave run by run. */
final class LabelWaveTable {
  private final Judgement judgement;

  LabelWaveTable(Judgement judgement) {
    this.judgement = judgement;
  }

  Table table() {
    List<List<Object>> rows = new ArrayList<>();
    Judgement.modes()
        .forEach(
            (name, mode) -> {
              List<JudgedRun> runs =
                  judgement.of(Half.JUDGED, c -> mode.fits(c) && c.expect() == Expectation.ONSET);
              List<Score.Outcome> wave = Score.outcomes(runs, mode.view(), Tables.LABEL_WAVE);
              List<Score.Outcome> ours = Score.outcomes(runs, mode.view(), Tables.ONSET);
              if (!wave.isEmpty() && wave.size() == ours.size()) {
                rows.add(paired(name, ours, wave));
              }
            });
    return new Table(
        "label-wave",
        "Channel onset beside Label Wave on the same judged runs where an onset is right: raised in"
            + " time (McNemar's exact test), and accuracy kept if training ends at the alarm"
            + " (Wilcoxon's signed-rank test)",
        List.of(
            "mode",
            "runs",
            "only onset in time",
            "only Label Wave in time",
            "McNemar p",
            "mean points kept more",
            "Wilcoxon p"),
        rows);
  }

  private static List<Object> paired(
      String mode, List<Score.Outcome> ours, List<Score.Outcome> wave) {
    long gained = 0;
    long lost = 0;
    double[] kept = new double[ours.size()];
    double sum = 0;
    for (int i = 0; i < kept.length; i++) {
      gained += ours.get(i).inTime() && !wave.get(i).inTime() ? 1 : 0;
      lost += wave.get(i).inTime() && !ours.get(i).inTime() ? 1 : 0;
      kept[i] = ours.get(i).kept() - wave.get(i).kept();
      sum += kept[i];
    }
    return List.of(
        mode,
        kept.length,
        gained,
        lost,
        new PairedChange(gained, lost).p(),
        100 * sum / kept.length,
        SignedRanks.p(kept));
  }
}
