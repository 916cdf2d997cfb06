package io.engram.trainer.experiment.mislabel;

import io.engram.collector.aggregate.MislabelScore;
import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.events.EpochCompleted;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Trainee;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.CheckpointSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.OnsetSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.TrainingSpec;
import io.engram.trainer.training.EventSink;
import io.engram.trainer.training.TrainingLoop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which labels are wrong? Ranks the training examples of runs on noisy labels by what their own
 * steps showed, and beside it by K-fold confident learning, which trains K networks more.
 *
 * <p>The schedule is declared here and was not chosen by its result: two layers of 256 units, plain
 * SGD at 0.05, batches of 100, 30 epochs, judged after the last.
 */
public final class Mislabel implements Experiment {
  @Override
  public String name() {
    return "mislabel";
  }

  @Override
  public String description() {
    return "Do an example's own training steps tell that its label is wrong?";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.whole("training", 5_000, 10, "Training examples"),
        Parameter.numbers(
            "noise", List.of(0.2, 0.4), 0, 1, "Shares of labels drawn anew, uniform over all"),
        Parameter.whole("epochs", 30, 1, "Length of the schedule"),
        Parameter.number("learning-rate", 0.05, 1e-9, 1e3, "Of plain SGD"),
        Parameter.whole("batch", 100, 1, "Examples of a step"),
        Parameter.whole("units", 256, 1, "Units of each of two hidden layers"),
        Parameter.whole("folds", 5, 2, "Of confident learning"),
        Parameter.whole("seeds", 3, 1, "Repetitions, each with noise and weights of its own"),
        Parameter.whole("first-seed", 4, 1, "Seed of the first repetition, the others follow"));
  }

  @Override
  public Report run(ExperimentContext context) {
    Parameters set = context.parameters();
    int training = set.whole("training");
    int smallest = training - (training + set.whole("folds") - 1) / set.whole("folds");
    if (set.whole("batch") > smallest) {
      throw new InvalidSettingException(
          "--batch",
          "is %d, must be at most the %d examples that a network of confident learning trains on"
              .formatted(set.whole("batch"), smallest));
    }
    List<MislabelRun> runs = new ArrayList<>();
    for (double noise : set.numbers("noise")) {
      for (int i = 0; i < set.whole("seeds"); i++) {
        runs.add(run(context, noise, set.whole("first-seed") + i, runs.size()));
      }
    }
    return new MislabelReport(set, context.dataset(), runs).report();
  }

  private static MislabelRun run(ExperimentContext context, double noise, int seed, int done) {
    Parameters set = context.parameters();
    NoiseSpec noiseSpec = NoiseSpec.labels(noise, NoiseSpec.Kind.UNIFORM);
    DataSpec dataSpec = context.data(set.whole("training"), 1_000);
    RunData data = context.load(dataSpec, noiseSpec, seed);
    ExampleSet examples = data.training();
    boolean[] wrong = new boolean[examples.size()];
    for (int row = 0; row < wrong.length; row++) {
      wrong[row] = examples.flipped(row);
    }
    String network =
        "mlp:%d-%2$d-%2$d-%3$d"
            .formatted(examples.shape().size(), set.whole("units"), examples.classes());
    Ticks ticks = new Ticks(context, noise, seed, done);
    Collected collected = new Collected();
    Map<MislabelScore, double[]> auroc = new EnumMap<>(MislabelScore.class);
    for (MislabelScore score : MislabelScore.values()) {
      auroc.put(score, new double[set.whole("epochs")]);
    }
    double[] validation = new double[set.whole("epochs")];
    RunSpec spec =
        new RunSpec(
            new RunId("mislabel"),
            dataSpec,
            noiseSpec,
            NetworkSpec.of(network),
            OptimizerSpec.sgd(set.number("learning-rate")),
            RegularizationSpec.NONE,
            new TrainingSpec(set.whole("epochs"), set.whole("batch"), seed, 1),
            new CheckpointSpec(0),
            ProbesSpec.NONE,
            CanariesSpec.NONE,
            OnsetSpec.NONE);
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            (epoch, step, event) -> {
              collected.emit(epoch, step, event);
              if (event instanceof EpochCompleted completed && epoch > 0) {
                auroc.forEach((score, all) -> all[epoch - 1] = collected.auroc(score));
                validation[epoch - 1] = accuracy(completed);
                ticks.tick("epoch " + epoch);
              }
            })) {
      while (loop.advance()) {}
    }
    ConfidentLearning confident = confident(set, examples, network, seed, ticks);
    return new MislabelRun(noise, seed, wrong, auroc, validation, confident);
  }

  private static double accuracy(EpochCompleted completed) {
    return completed.evaluations().stream()
        .filter(evaluation -> evaluation.split() == Split.VALIDATION)
        .mapToDouble(evaluation -> (double) evaluation.correct() / evaluation.examples())
        .sum();
  }

  private static ConfidentLearning confident(
      Parameters set, ExampleSet examples, String network, int seed, Ticks ticks) {
    CrossValidation split = new CrossValidation(examples.size(), set.whole("folds"), seed);
    float[][] probabilities = new float[examples.size()][];
    for (int fold = 0; fold < set.whole("folds"); fold++) {
      int[] held = split.heldOut(fold);
      try (Trainee trainee =
          new Trainee(
              network,
              OptimizerSpec.sgd(set.number("learning-rate")),
              examples,
              split.trained(fold),
              set.whole("batch"),
              set.whole("epochs"),
              1_000L * seed + fold)) {
        for (int epoch = 0; epoch < set.whole("epochs"); epoch++) {
          trainee.epoch();
          ticks.tick("fold %d of %d".formatted(fold + 1, set.whole("folds")));
        }
        float[][] predicted = trainee.probabilities(held);
        for (int i = 0; i < held.length; i++) {
          probabilities[held[i]] = predicted[i];
        }
      }
    }
    return ConfidentLearning.of(
        probabilities, IntStream.range(0, examples.size()).map(examples::givenLabel).toArray());
  }

  /** The events of a run as the collector takes them. */
  static final class Collected implements EventSink {
    private final RunId run = new RunId("mislabel");
    private final Runs runs = new Runs(InstantSource.system());
    private long sequence;

    @Override
    public void emit(int epoch, long step, TrainingEvent event) {
      runs.apply(new EventEnvelope(run, 1, sequence++, epoch, step, 0, event));
    }

    /** How well a score told wrong labels from right ones at the end of the latest epoch. */
    double auroc(MislabelScore score) {
      RunAggregate known = runs.find(run);
      return known == null
          ? Double.NaN
          : known.snapshot().examples().mislabelAuroc().getOrDefault(score, Double.NaN);
    }
  }

  /** Counts epochs, those of the folds included. */
  private static final class Ticks {
    private final ExperimentContext context;
    private final String run;
    private final long total;
    private long done;

    Ticks(ExperimentContext context, double noise, int seed, int runsDone) {
      this.context = context;
      Parameters set = context.parameters();
      long perRun = (1L + set.whole("folds")) * set.whole("epochs");
      run = "noise %s, seed %d, ".formatted(noise, seed);
      total = perRun * set.numbers("noise").size() * set.whole("seeds");
      done = perRun * runsDone;
    }

    void tick(String what) {
      context.progress().at(run + what, ++done, total);
    }
  }
}
