package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.Proportion;
import io.engram.events.OnsetChannel;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every number, every run and every alarm. */
final class RunTables {
  private final Judgement judgement;

  RunTables(Judgement judgement) {
    this.judgement = judgement;
  }

  /** Every number of every name under every condition. */
  Table scores() {
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<String, List<JudgedRun>> condition : judgement.judgedByCondition().entrySet()) {
      for (String view : Judge.VIEWS) {
        for (String name : judgement.names()) {
          Score score = Score.of(Score.outcomes(condition.getValue(), view, name));
          Interval raised = Proportion.wilson(score.raised(), score.runs(), Cells.LEVEL);
          Interval inTime = Proportion.wilson(score.inTime(), score.runs(), Cells.LEVEL);
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
                  Cells.shown(score.lagSteps()),
                  Cells.shown(score.lagEpochs().low()),
                  Cells.shown(score.lagEpochs().median()),
                  Cells.shown(score.lagEpochs().high()),
                  Cells.shown(score.peakLagEpochs()),
                  Cells.shown(score.lost()),
                  Cells.shown(score.saved())));
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
  Table runs() {
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
  Table alarms() {
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
}
