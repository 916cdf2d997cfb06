package io.engram.trainer.experiment.onset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.Proportion;
import java.util.List;

/** The report for a program: {@code {runs, conditions: [...], detectors: [...]}}. */
final class Summary {
  private Summary() {}

  static ObjectNode of(Judgement judgement) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("grid", judgement.grid());
    root.put("runs", judgement.runs().size());
    root.put("planned", judgement.planned());
    root.put("judged", judgement.of(Half.JUDGED, condition -> true).size());
    ArrayNode fixedOn = root.putArray("fixed_on");
    judgement.fixedOn().forEach(fixedOn::add);
    ArrayNode conditions = root.putArray("conditions");
    judgement
        .judgedByCondition()
        .forEach((name, runs) -> condition(conditions.addObject(), name, runs));
    ArrayNode detectors = root.putArray("detectors");
    Judgement.modes()
        .forEach(
            (name, mode) -> {
              for (String detector : judgement.names()) {
                detector(detectors.addObject(), judgement, name, mode, detector);
              }
            });
    return root;
  }

  private static void condition(ObjectNode node, String name, List<JudgedRun> runs) {
    Condition condition = runs.get(0).run().condition();
    node.put("name", name);
    node.put("data", condition.data());
    node.put("canaries", condition.canaries());
    node.put("expect", condition.expect().label());
    node.put("runs", runs.size());
    node.put("memorized", runs.stream().filter(run -> run.truth().memorized()).count());
    node.put("harmed", runs.stream().filter(run -> run.truth().accuracy().harmed()).count());
    for (String view : Judge.VIEWS) {
      Score score = Score.of(Score.outcomes(runs, view, Tables.ONSET));
      ObjectNode onset = node.putObject(view.equals(Judge.VIEWS.get(0)) ? "holdout" : "no_holdout");
      onset.put("raised", score.raised());
      onset.put("in_time", score.inTime());
      onset.put("premature", score.premature());
      put(onset, "lag_epochs", score.lagEpochs().median());
      put(onset, "lost", score.lost());
      put(onset, "saved", score.saved());
    }
  }

  private static void detector(
      ObjectNode node, Judgement judgement, String modeName, Judgement.Mode mode, String name) {
    Score onset =
        Score.of(
            Score.outcomes(
                judgement.of(Half.JUDGED, c -> mode.fits(c) && c.expect() == Expectation.ONSET),
                mode.view(),
                name));
    Score silent =
        Score.of(
            Score.outcomes(
                judgement.of(Half.JUDGED, c -> mode.fits(c) && c.expect() == Expectation.SILENT),
                mode.view(),
                name));
    node.put("name", name);
    node.put("mode", modeName);
    node.put("able", onset.able() + silent.able());
    share(node.putObject("raised"), onset.raised(), onset.runs());
    share(node.putObject("in_time"), onset.inTime(), onset.runs());
    share(node.putObject("false_alarms"), silent.raised(), silent.runs());
    put(node, "lag_epochs", onset.lagEpochs().median());
    put(node, "lost", onset.lost());
    put(node, "saved", onset.saved());
  }

  private static void share(ObjectNode node, int count, int runs) {
    Interval interval = Proportion.wilson(count, runs, Cells.LEVEL);
    node.put("count", count);
    node.put("runs", runs);
    put(node, "low", interval.lower());
    put(node, "high", interval.upper());
  }

  /** JSON has no NaN. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
