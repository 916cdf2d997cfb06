package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.Table;
import java.util.ArrayList;
import java.util.List;

/** The onset channel under each condition. */
final class ConditionTable {
  private final Judgement judgement;

  ConditionTable(Judgement judgement) {
    this.judgement = judgement;
  }

  Table of(Expectation expectation) {
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
        Cells.median(
            truths.stream()
                .filter(GroundTruth::memorized)
                .map(truth -> truth.epochs(truth.memorizedStep()))
                .toList()));
    row.add(
        Cells.median(
            truths.stream().map(truth -> truth.epochs(truth.accuracy().peakStep())).toList()));
    row.add(truths.stream().filter(truth -> truth.accuracy().harmed()).count());
    row.add(
        Cells.median(
            truths.stream()
                .filter(truth -> truth.accuracy().harmed())
                .map(truth -> truth.epochs(truth.accuracy().harmStep()))
                .toList()));
    for (String view : Judge.VIEWS) {
      Score score = Score.of(Score.outcomes(runs, view, Tables.ONSET));
      row.addAll(
          List.of(
              score.raised(),
              score.inTime(),
              score.premature(),
              Cells.shown(score.lagEpochs().median()),
              Cells.shown(100 * score.lost())));
    }
    return row;
  }
}
