package io.engram.trainer.experiment.onset;

import io.engram.events.OnsetChannel;
import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the report. */
final class Tables {
  static final String ONSET = Raised.nameOf(OnsetChannel.ONSET);
  static final String LABEL_WAVE = "label_wave";

  private final Judgement judgement;

  Tables(Judgement judgement) {
    this.judgement = judgement;
  }

  /** Everything in the order of the report. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    PooledTables pooled = new PooledTables(judgement);
    for (boolean canaries : new boolean[] {true, false}) {
      tables.add(pooled.onsets(canaries));
      tables.add(pooled.falseAlarms(canaries));
    }
    ConditionTable conditions = new ConditionTable(judgement);
    for (Expectation expectation : Expectation.values()) {
      tables.add(conditions.of(expectation));
    }
    tables.add(new ThresholdTable(judgement).table());
    tables.add(new LabelWaveTable(judgement).table());
    RunTables single = new RunTables(judgement);
    tables.add(single.scores());
    tables.add(single.runs());
    tables.add(single.alarms());
    return tables;
  }
}
