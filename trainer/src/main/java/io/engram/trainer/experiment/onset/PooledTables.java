package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The numbers of all conditions together, by what detectors can see. */
final class PooledTables {
  private final Judgement judgement;

  PooledTables(Judgement judgement) {
    this.judgement = judgement;
  }

  /** By mode, pooled over the conditions where an onset is right. */
  Table onsets(boolean canaries) {
    List<List<Object>> rows = new ArrayList<>();
    Judgement.modes(canaries)
        .forEach(
            (name, mode) -> {
              List<JudgedRun> runs =
                  judgement.of(Half.JUDGED, c -> mode.fits(c) && c.expect() == Expectation.ONSET);
              for (String detector : judgement.names()) {
                Score score = Score.of(Score.outcomes(runs, mode.view(), detector));
                if (score.able() == 0) {
                  continue;
                }
                rows.add(
                    List.of(
                        name,
                        detector,
                        score.runs(),
                        score.raised(),
                        Cells.share(score.inTime(), score.runs()),
                        score.premature(),
                        Cells.shown(score.lagEpochs().median()),
                        Cells.shown(score.peakLagEpochs()),
                        Cells.shown(100 * score.lost()),
                        Cells.shown(100 * score.saved())));
              }
            });
    return new Table(
        "onset-" + Cells.word(canaries),
        "Judged runs with wrong labels, all conditions where an onset is right: raised at all, and"
            + " raised before more than half a point of accuracy was lost",
        List.of(
            "mode",
            "name",
            "runs",
            "raised",
            "in time",
            "premature",
            "lag to T_mem, epochs",
            "lag to T_peak, epochs",
            "points lost",
            "points saved"),
        rows);
  }

  /** By mode, pooled over the conditions where silence is right. */
  Table falseAlarms(boolean canaries) {
    List<List<Object>> rows = new ArrayList<>();
    Judgement.modes(canaries)
        .forEach(
            (name, mode) -> {
              for (String detector : judgement.names()) {
                List<Object> row = new ArrayList<>(List.of(name, detector));
                row.add(silent(mode, detector, data -> true));
                row.add(silent(mode, detector, data -> !data.startsWith("cifar")));
                row.add(silent(mode, detector, data -> data.startsWith("cifar")));
                rows.add(row);
              }
            });
    return new Table(
        "false-alarms-" + Cells.word(canaries),
        "Judged runs without wrong labels but canaries: raised in a whole run. A WARN is no false"
            + " alarm where there are canaries, for they are memorized",
        List.of("mode", "name", "all", "without CIFAR-10", "CIFAR-10"),
        rows);
  }

  private String silent(Judgement.Mode mode, String detector, Predicate<String> data) {
    Score score =
        Score.of(
            Score.outcomes(
                judgement.of(
                    Half.JUDGED,
                    c -> mode.fits(c) && c.expect() == Expectation.SILENT && data.test(c.data())),
                mode.view(),
                detector));
    return score.able() == 0 ? "cannot tell" : Cells.share(score.raised(), score.runs());
  }
}
