package io.engram.trainer.experiment.sensitivity;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Decision;
import io.engram.trainer.experiment.Estimate;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.experiment.sensitivity.Discarding.Outcome;
import io.engram.trainer.experiment.sensitivity.Discarding.Part;
import io.engram.trainer.experiment.sensitivity.Discarding.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the networks of {@link Discarding} say. */
final class DiscardingReport {
  private final Parameters set;
  private final String dataset;
  private final List<Trial> trials;

  DiscardingReport(Parameters set, String dataset, List<Trial> trials) {
    this.set = set;
    this.dataset = dataset;
    this.trials = List.copyOf(trials);
  }

  Report report() {
    return new Report(
        "Discarding by loss-sensitivity: %s, %d of %d training examples kept"
            .formatted(dataset, Discarding.kept(set), set.whole("training")),
        List.of(
            "An addition of this system, no claim of the paper. A first run of %d epochs measures"
                    .formatted(set.whole("epochs"))
                + " the loss-sensitivity of every training example, unrolled, the mean of %d"
                    .formatted(set.whole("points"))
                + " measurements; then a network is trained on each part, from the same initial"
                + " weights and for as many steps. Accuracies are those on clean validation"
                + " examples after the last step; differences are paired by seed."),
        set.numbers("noise").stream().map(this::claim).toList(),
        List.of(table()),
        List.of());
  }

  private double[] bySeed(double noise, ToDoubleFunction<Trial> number) {
    return trials.stream().filter(trial -> trial.noise() == noise).mapToDouble(number).toArray();
  }

  private static double accuracy(Trial trial, Part part) {
    Outcome outcome = trial.outcomes().get(part);
    return outcome == null ? Double.NaN : outcome.accuracy();
  }

  private static double beyondRandom(Trial trial, Part part) {
    return accuracy(trial, part) - accuracy(trial, Part.RANDOM);
  }

  private Claim claim(double noise) {
    String labels = noise == 0 ? "real labels" : "%.0f %% random labels".formatted(100 * noise);
    Decision decision =
        new Decision(
                "discarding",
                "with %s, the examples that move the loss most generalize better than random ones"
                    .formatted(labels))
            .positive(
                "accuracy, most sensitive minus random",
                bySeed(noise, trial -> beyondRandom(trial, Part.MOST)));
    decision.beside(
        Estimate.of(bySeed(noise, trial -> beyondRandom(trial, Part.LEAST)))
            .as("accuracy, least sensitive minus random"));
    for (Part part : Part.values()) {
      decision.beside(
          Estimate.of(bySeed(noise, trial -> accuracy(trial, part))).as("accuracy, " + part.words));
    }
    return decision.claim();
  }

  private Table table() {
    List<List<Object>> rows = new ArrayList<>();
    for (Trial trial : trials) {
      trial
          .outcomes()
          .forEach(
              (part, outcome) ->
                  rows.add(
                      List.of(
                          trial.noise(),
                          trial.seed(),
                          part.words,
                          outcome.accuracy(),
                          outcome.flipped())));
    }
    return new Table(
        "accuracies",
        "Validation accuracy of a network trained on a part of the examples",
        List.of("noise", "seed", "part", "validation acc", "share of wrong labels"),
        rows);
  }
}
