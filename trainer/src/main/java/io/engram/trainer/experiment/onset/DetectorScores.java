package io.engram.trainer.experiment.onset;

import io.engram.events.EventEnvelope;
import io.engram.events.RunStarted;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores the onset detectors on runs that were made for another question, without canaries. */
public final class DetectorScores {
  private final List<JudgedRun> judged = new ArrayList<>();

  /**
   * Judges a run.
   *
   * @param condition runs of one name differ in their seed alone
   * @param data name of the data set
   * @param expect what is right to happen
   * @param events all of the run
   * @throws IllegalArgumentException if the run was never evaluated
   */
  public void add(
      String condition,
      String data,
      Expectation expect,
      int seed,
      RunSpec spec,
      List<EventEnvelope> events) {
    PlannedRun run =
        new PlannedRun(new Condition(condition, data, 0, expect), seed, Half.JUDGED, spec);
    judged.add(
        new JudgedRun(
            run,
            TruthFinder.of(events),
            Map.of(
                Judge.VIEWS.get(0),
                Replay.of(Blindfold.over(events, true), RunStarted.Onset.DEFAULT),
                Judge.VIEWS.get(1),
                Replay.of(Blindfold.over(events, false), RunStarted.Onset.DEFAULT))));
  }

  /** What was raised, over all runs and by condition. */
  public List<Table> tables() {
    Judgement judgement = new Judgement(judged, judged.size(), "", List.of());
    PooledTables pooled = new PooledTables(judgement);
    ConditionTable conditions = new ConditionTable(judgement);
    return List.of(
        pooled.onsets(false),
        pooled.falseAlarms(false),
        conditions.of(Expectation.ONSET),
        conditions.of(Expectation.SILENT));
  }
}
