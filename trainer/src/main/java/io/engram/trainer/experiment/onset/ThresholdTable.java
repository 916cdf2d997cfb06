package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;

/** What shifted thresholds do, chosen on one half and judged on the other. */
final class ThresholdTable {
  private final Judgement judgement;

  ThresholdTable(Judgement judgement) {
    this.judgement = judgement;
  }

  private static final double ALLOWED = 0.01;

  Table table() {
    List<List<Object>> rows = new ArrayList<>();
    Judgement.modes()
        .forEach(
            (name, mode) -> {
              for (String detector : judgement.names()) {
                if (detector.startsWith("channel:")) {
                  continue;
                }
                TradeOff fixed = tradeOff(Half.FIXED, mode, detector);
                TradeOff judged = tradeOff(Half.JUDGED, mode, detector);
                double shift = fixed.shift(ALLOWED);
                rows.add(
                    List.of(
                        name,
                        detector,
                        Cells.shown(shift),
                        Cells.share(fixed.falseAlarms(shift), fixed.silentRuns()),
                        Cells.share(fixed.inTime(shift), fixed.onsetRuns()),
                        Cells.share(judged.falseAlarms(shift), judged.silentRuns()),
                        Cells.share(judged.inTime(shift), judged.onsetRuns())));
              }
            });
    return new Table(
        "thresholds",
        "Thresholds shifted so far that in the fixing half at most 1 % of the silent runs"
            + " raise, and what that does in the judged half",
        List.of(
            "mode",
            "detector",
            "shift",
            "false, fixing",
            "in time, fixing",
            "false, judged",
            "in time, judged"),
        rows);
  }

  TradeOff tradeOff(Half half, Judgement.Mode mode, String detector) {
    return new TradeOff(
        Score.outcomes(
            judgement.of(half, c -> mode.fits(c) && c.expect() == Expectation.SILENT),
            mode.view(),
            detector),
        Score.outcomes(
            judgement.of(half, c -> mode.fits(c) && c.expect() == Expectation.ONSET),
            mode.view(),
            detector));
  }
}
