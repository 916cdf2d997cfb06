package io.engram.trainer.experiment.sensitivity;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Trainee;
import io.engram.trainer.experiment.sensitivity.LossSensitivity.Condition;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.OptimizerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Does a network generalize better from the training examples that move the loss most than from as
 * many drawn at random? An addition to Arpit et al. 2017, §3.2: a first run measures the mean
 * loss-sensitivity of every training example, unrolled; then a network is trained anew on a part of
 * them, the most sensitive, the least sensitive, or one drawn at random, for as many steps and from
 * the same initial weights each.
 *
 * <p>Data and network are those of {@link LossSensitivity}; on real labels, and with a share of
 * random ones. Validation examples are clean. All of a seed's networks have the same validation
 * examples.
 */
public final class Discarding implements Experiment {
  /** Which examples are trained on. */
  enum Part {
    ALL("all"),
    MOST("the most sensitive"),
    LEAST("the least sensitive"),
    RANDOM("random");

    final String words;

    Part(String words) {
      this.words = words;
    }
  }

  /**
   * What became of a part.
   *
   * @param accuracy on the validation examples, after the last step
   * @param flipped share of wrong labels in it
   */
  record Outcome(double accuracy, double flipped) {}

  /**
   * A seed's networks.
   *
   * @param noise share of random labels
   */
  record Trial(double noise, long seed, Map<Part, Outcome> outcomes) {}

  @Override
  public String name() {
    return "discarding";
  }

  @Override
  public String description() {
    return "Do the examples that move the loss most generalize better than random ones?";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.whole("training", 1_000, 10, "Training examples, before any is discarded"),
        Parameter.whole("validation", 2_000, 10, "Validation examples"),
        Parameter.number("kept", 0.5, 0.01, 0.99, "Share of them that is kept"),
        Parameter.numbers("noise", List.of(0.0, 0.2), 0, 1, "Shares of labels that are random"),
        Parameter.whole("epochs", 60, 1, "Length of the schedule on all examples"),
        Parameter.whole("points", 5, 1, "Measurements, at equal distances, the last at the end"),
        Parameter.whole("units", 16, 1, "Units of each of two hidden layers"),
        Parameter.number("learning-rate", 0.1, 1e-9, 1e3, "Of plain SGD"),
        Parameter.whole("batch", 50, 1, "Examples of a step"),
        Parameter.whole("seeds", 5, 1, "Repetitions, each with examples and weights of its own"));
  }

  @Override
  public Report run(ExperimentContext context) {
    Parameters set = context.parameters();
    int kept = kept(set);
    if (set.whole("batch") > kept) {
      throw new InvalidSettingException(
          "--batch", "is %d, must be at most the %d kept".formatted(set.whole("batch"), kept));
    }
    List<Trial> trials = new ArrayList<>();
    int total = set.whole("seeds") * set.numbers("noise").size();
    for (double noise : set.numbers("noise")) {
      for (int seed = 1; seed <= set.whole("seeds"); seed++) {
        context.progress().at("noise %s, seed %d".formatted(noise, seed), trials.size(), total);
        trials.add(trial(context, noise, seed));
      }
    }
    return new DiscardingReport(set, context.dataset(), trials).report();
  }

  /** Number of examples that are kept. */
  static int kept(Parameters set) {
    return Math.max(1, (int) Math.round(set.number("kept") * set.whole("training")));
  }

  private static Trial trial(ExperimentContext context, double noise, long seed) {
    Parameters set = context.parameters();
    DataSpec dataSpec =
        LossSensitivity.pooled(context, set.whole("training"), set.whole("validation"), false);
    NoiseSpec noiseSpec = NoiseSpec.labels(noise, NoiseSpec.Kind.UNIFORM);
    RunData data = context.load(dataSpec, noiseSpec, seed);
    UnrolledRun first =
        new UnrolledRun(
            set.whole("units"),
            set.number("learning-rate"),
            set.whole("batch"),
            set.whole("epochs"),
            set.whole("points"),
            false,
            seed);
    SensitivityRun run = new SensitivityRun(noise > 0 ? Condition.RAND_Y : Condition.REAL, seed);
    first.train(dataSpec, noiseSpec, data, run);
    Map<Part, Outcome> outcomes = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int[] rows = rows(part, run.last().means(), kept(set), seed);
      outcomes.put(part, outcome(set, first.network(data), data, rows, seed));
    }
    return new Trial(noise, seed, outcomes);
  }

  /**
   * The rows of a part.
   *
   * @param sensitivities of all rows; of equal ones the first comes first
   */
  static int[] rows(Part part, double[] sensitivities, int kept, long seed) {
    int[] all = IntStream.range(0, sensitivities.length).toArray();
    Comparator<Integer> least = Comparator.comparingDouble(row -> sensitivities[row]);
    return switch (part) {
      case ALL -> all;
      case MOST -> first(all, least.reversed(), kept);
      case LEAST -> first(all, least, kept);
      case RANDOM -> {
        Trainee.shuffle(all, new Random(seed));
        yield Arrays.copyOf(all, kept);
      }
    };
  }

  private static int[] first(int[] rows, Comparator<Integer> order, int count) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(order)
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** As many steps as on all examples, as nearly as whole epochs allow, and never fewer. */
  private static Outcome outcome(
      Parameters set, String network, RunData data, int[] rows, long seed) {
    ExampleSet training = data.training();
    int batch = set.whole("batch");
    int steps = set.whole("epochs") * steps(training.size(), batch);
    int epochs = steps(steps, steps(rows.length, batch));
    try (Trainee trainee =
        new Trainee(
            network,
            OptimizerSpec.sgd(set.number("learning-rate")),
            training,
            rows,
            batch,
            epochs,
            seed)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        trainee.epoch();
      }
      int right = trainee.right(data.validation()).cardinality();
      return new Outcome(
          (double) right / data.validation().size(),
          Arrays.stream(rows).filter(training::flipped).count() / (double) rows.length);
    }
  }

  /** Rounded up. */
  private static int steps(int of, int by) {
    return (of + by - 1) / by;
  }
}
