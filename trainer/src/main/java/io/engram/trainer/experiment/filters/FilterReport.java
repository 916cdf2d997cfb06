package io.engram.trainer.experiment.filters;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Condition;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.filters.FilterPicture.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the runs of {@link Filters} say. */
final class FilterReport {
  private final Parameters set;
  private final String dataset;
  private final List<FilterRun> runs;

  FilterReport(Parameters set, String dataset, List<FilterRun> runs) {
    this.set = set;
    this.dataset = dataset;
    this.runs = List.copyOf(runs);
  }

  Report report() {
    return new Report(
        "Filters of the first layer: %s, %,d training images, %d filters, %d epochs"
            .formatted(dataset, set.whole("training"), set.whole("filters"), set.whole("epochs")),
        List.of(
            "The paper shows pictures, and so does this; the verdict is that of a number. Smoothness"
                + " is 1 minus Geary's C of neighbouring weights, for every channel of every filter,"
                + " averaged: 0 is what the same weights have in a random order, 1 has no"
                + " differences between neighbours. The control is the same network before"
                + " training."),
        List.of(claim()),
        List.of(table()),
        List.of(picture()));
  }

  private double[] bySeed(Condition condition, ToDoubleFunction<FilterRun> number) {
    return runs.stream().filter(run -> run.condition() == condition).mapToDouble(number).toArray();
  }

  private static double gain(FilterRun run) {
    return run.after().smoothness() - run.before().smoothness();
  }

  private Claim claim() {
    Decision decision =
        new Decision(
                "A3",
                "a claim about pictures, answered by a number: after training on random labels"
                    + " the first layer's filters are smoother than before it")
            .positive(
                "smoothness, randY minus untrained", bySeed(Condition.RAND_Y, FilterReport::gain));
    for (Condition condition : List.of(Condition.REAL, Condition.RAND_X)) {
      decision.beside(estimate("smoothness, %s minus untrained", condition, FilterReport::gain));
    }
    decision.beside(
        Estimate.of(bySeed(Condition.REAL, run -> run.before().smoothness()))
            .as("smoothness, untrained"));
    for (Condition condition : Condition.values()) {
      decision.beside(estimate("training accuracy, %s", condition, FilterRun::training));
    }
    return decision.claim();
  }

  private Quantity estimate(String name, Condition condition, ToDoubleFunction<FilterRun> number) {
    return Estimate.of(bySeed(condition, number)).as(name.formatted(condition.words()));
  }

  private Table table() {
    List<List<Object>> rows = new ArrayList<>();
    for (FilterRun run : runs) {
      rows.add(
          List.of(
              run.condition().words(),
              run.seed(),
              run.before().smoothness(),
              run.after().smoothness(),
              run.training(),
              run.validation()));
    }
    return new Table(
        "smoothness",
        "Before training and at the end of the schedule",
        List.of("data", "seed", "untrained", "trained", "train acc", "validation acc"),
        rows);
  }

  /** Of the first seed. */
  private FilterPicture picture() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("untrained", runs.get(0).before()));
    for (FilterRun run : runs.subList(0, Condition.values().length)) {
      rows.add(row(run.condition().words(), run.after()));
    }
    return new FilterPicture("filters", "Filters of the first layer, the first seed", rows);
  }

  private static Row row(String words, FilterBank bank) {
    return new Row("%s: smoothness %s".formatted(words, Table.text(bank.smoothness())), bank);
  }
}
