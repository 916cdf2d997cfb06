package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.PairedChange;
import io.engram.collector.aggregate.Proportion;
import io.engram.events.OnsetChannel;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The numbers of the report. Shares have Wilson's interval at 95 %. */
final class Tables {
  static final double LEVEL = 0.05;
  static final String ONSET = Raised.nameOf(OnsetChannel.ONSET);
  static final String LABEL_WAVE = "label_wave";
  private static final double ALLOWED = 0.01;

  private final Judgement judgement;

  Tables(Judgement judgement) {
    this.judgement = judgement;
  }

  /** Everything in the order of the report. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    for (boolean canaries : new boolean[] {true, false}) {
      tables.add(pooled(canaries));
      tables.add(falseAlarms(canaries));
    }
    for (Expectation expectation : Expectation.values()) {
      tables.add(conditions(expectation));
    }
    tables.add(rethresholded());
    tables.add(besideLabelWave());
    tables.add(scores());
    tables.add(runs());
    tables.add(alarms());
    return tables;
  }

  /** By mode, pooled over the conditions where an onset is right. */
  private Table pooled(boolean canaries) {
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
                        share(score.inTime(), score.runs()),
                        score.premature(),
                        shown(score.lagEpochs().median()),
                        shown(score.peakLagEpochs()),
                        shown(100 * score.lost()),
                        shown(100 * score.saved())));
              }
            });
    return new Table(
        "onset-" + word(canaries),
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
  private Table falseAlarms(boolean canaries) {
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
        "false-alarms-" + word(canaries),
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
    return score.able() == 0 ? "cannot tell" : share(score.raised(), score.runs());
  }

  /** The onset channel under each condition. */
  private Table conditions(Expectation expectation) {
    List<List<Object>> rows = new ArrayList<>();
    judgement
        .judgedByCondition()
        .forEach(
            (name, runs) -> {
              if (runs.get(0).run().condition().expect() == expectation) {
                rows.add(condition(name, runs));
              }
            });
    List<String> header =
        new ArrayList<>(
            List.of("condition", "runs", "T_mem", "epoch", "T_peak", "harmed", "T_harm"));
    for (String view : Judge.VIEWS) {
      header.addAll(
          List.of(
              "raised, " + view,
              "in time",
              "before T_mem or without",
              "lag, epochs",
              "points lost"));
    }
    return new Table(
        "conditions-" + expectation.label(),
        "Channel onset where the expectation is '%s': how many runs memorized (median epoch), median"
                .formatted(expectation.label())
            + " epoch of the peak, how many lost more than a point (median epoch of half a point);"
            + " and what was raised",
        header,
        rows);
  }

  private static List<Object> condition(String name, List<JudgedRun> runs) {
    List<GroundTruth> truths = runs.stream().map(JudgedRun::truth).toList();
    List<Object> row = new ArrayList<>(List.of(name, runs.size()));
    row.add(truths.stream().filter(GroundTruth::memorized).count());
    row.add(
        median(
            truths.stream()
                .filter(GroundTruth::memorized)
                .map(truth -> truth.epochs(truth.memorizedStep()))
                .toList()));
    row.add(
        median(truths.stream().map(truth -> truth.epochs(truth.accuracy().peakStep())).toList()));
    row.add(truths.stream().filter(truth -> truth.accuracy().harmed()).count());
    row.add(
        median(
            truths.stream()
                .filter(truth -> truth.accuracy().harmed())
                .map(truth -> truth.epochs(truth.accuracy().harmStep()))
                .toList()));
    for (String view : Judge.VIEWS) {
      Score score = Score.of(Score.outcomes(runs, view, ONSET));
      row.addAll(
          List.of(
              score.raised(),
              score.inTime(),
              score.premature(),
              shown(score.lagEpochs().median()),
              shown(100 * score.lost())));
    }
    return row;
  }

  /** Thresholds chosen on one half, judged on the other. */
  private Table rethresholded() {
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
                        shown(shift),
                        share(fixed.falseAlarms(shift), fixed.silentRuns()),
                        share(fixed.inTime(shift), fixed.onsetRuns()),
                        share(judged.falseAlarms(shift), judged.silentRuns()),
                        share(judged.inTime(shift), judged.onsetRuns())));
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

  /** Accuracy kept and alarms in time, run by run beside Label Wave. */
  private Table besideLabelWave() {
    List<List<Object>> rows = new ArrayList<>();
    Judgement.modes()
        .forEach(
            (name, mode) -> {
              List<JudgedRun> runs =
                  judgement.of(Half.JUDGED, c -> mode.fits(c) && c.expect() == Expectation.ONSET);
              List<Score.Outcome> wave = Score.outcomes(runs, mode.view(), LABEL_WAVE);
              List<Score.Outcome> ours = Score.outcomes(runs, mode.view(), ONSET);
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

  /** Every number of every name under every condition. */
  private Table scores() {
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<String, List<JudgedRun>> condition : judgement.judgedByCondition().entrySet()) {
      for (String view : Judge.VIEWS) {
        for (String name : judgement.names()) {
          Score score = Score.of(Score.outcomes(condition.getValue(), view, name));
          Interval raised = Proportion.wilson(score.raised(), score.runs(), LEVEL);
          Interval inTime = Proportion.wilson(score.inTime(), score.runs(), LEVEL);
          rows.add(
              List.of(
                  condition.getKey(),
                  condition.getValue().get(0).run().condition().expect().label(),
                  view,
                  name,
                  score.runs(),
                  score.memorized(),
                  score.harmed(),
                  score.able(),
                  score.raised(),
                  raised.lower(),
                  raised.upper(),
                  score.inTime(),
                  inTime.lower(),
                  inTime.upper(),
                  score.premature(),
                  shown(score.lagSteps()),
                  shown(score.lagEpochs().low()),
                  shown(score.lagEpochs().median()),
                  shown(score.lagEpochs().high()),
                  shown(score.peakLagEpochs()),
                  shown(score.lost()),
                  shown(score.saved())));
        }
      }
    }
    return new Table(
        "scores",
        "Every channel and detector under every condition, judged runs",
        List.of(
            "condition",
            "expect",
            "view",
            "name",
            "runs",
            "memorized",
            "harmed",
            "able",
            "raised",
            "raised_low",
            "raised_high",
            "in_time",
            "in_time_low",
            "in_time_high",
            "premature",
            "lag_steps",
            "lag_epochs_q1",
            "lag_epochs",
            "lag_epochs_q3",
            "peak_lag_epochs",
            "lost",
            "saved"),
        rows);
  }

  /** The truth of every run, the fixing half included. */
  private Table runs() {
    List<List<Object>> rows = new ArrayList<>();
    for (JudgedRun run : judgement.runs()) {
      GroundTruth truth = run.truth();
      rows.add(
          List.of(
              run.run().condition().name(),
              run.run().seed(),
              run.run().half().label(),
              truth.flipped(),
              truth.stepsPerEpoch(),
              truth.lastStep(),
              truth.memorizedStep(),
              truth.halfStep(),
              truth.accuracy().peakStep(),
              truth.accuracy().harmStep(),
              truth.accuracy().peak(),
              truth.accuracy().end()));
    }
    return new Table(
        "runs",
        "The truth of every run; steps, -1 for never",
        List.of(
            "condition",
            "seed",
            "half",
            "flipped",
            "steps_per_epoch",
            "last_step",
            "t_mem",
            "t_50",
            "t_peak",
            "t_harm",
            "peak",
            "end"),
        rows);
  }

  /** Every alarm of every run. */
  private Table alarms() {
    List<List<Object>> rows = new ArrayList<>();
    for (JudgedRun run : judgement.runs()) {
      run.raised()
          .forEach(
              (view, all) -> {
                for (Raised raised : all) {
                  rows.add(
                      List.of(
                          run.run().condition().name(),
                          run.run().seed(),
                          view,
                          raised.name(),
                          channel(raised),
                          raised.able(),
                          raised.step()));
                }
              });
    }
    return new Table(
        "alarms",
        "Every channel and detector in every run: the step at which it raised, -1 for never",
        List.of("condition", "seed", "view", "name", "channel", "able", "step"),
        rows);
  }

  private static String channel(Raised raised) {
    OnsetChannel channel = raised.channel();
    return channel == null ? "none" : channel.label();
  }

  private static String word(boolean canaries) {
    return canaries ? "canaries" : "no-canaries";
  }

  private static Object median(List<Double> values) {
    return shown(Score.Quartiles.of(values).median());
  }

  static String share(int count, int runs) {
    if (runs == 0) {
      return "-";
    }
    Interval interval = Proportion.wilson(count, runs, LEVEL);
    return String.format(
        Locale.ROOT,
        "%d/%d %.1f%% [%.1f, %.1f]",
        count,
        runs,
        100.0 * count / runs,
        100 * interval.lower(),
        100 * interval.upper());
  }

  private static Object shown(double value) {
    return Double.isFinite(value) ? value : "-";
  }
}
