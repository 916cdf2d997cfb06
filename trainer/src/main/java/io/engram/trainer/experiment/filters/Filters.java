package io.engram.trainer.experiment.filters;

import io.engram.events.RunId;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.Condition;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.CheckpointSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.OnsetSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.TrainingSpec;
import io.engram.trainer.training.TrainingLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Does a network learn ordered filters from random labels, too? (Arpit et al. 2017, §3.1, Fig. 2.)
 * The paper shows pictures. Here a number stands beside them, the smoothness of the first layer's
 * filters, against that of the same network before training: all networks of a seed have the same
 * initial weights, images and order.
 *
 * <p>The paper's small convolutional network, with fewer filters; stochastic gradient descent with
 * momentum 0.9 at 0.01, halved every 15 epochs, as in its §4.1. All inputs or all labels are
 * random.
 */
public final class Filters implements Experiment {
  private static final int VALIDATION = 1_000;

  @Override
  public String name() {
    return "filters";
  }

  @Override
  public String description() {
    return "Are the first layer's filters ordered after training on random labels? (A3)";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.whole("training", 1_000, 10, "Training images"),
        Parameter.whole("epochs", 30, 1, "Length of the schedule"),
        Parameter.whole("filters", 32, 1, "Of each convolution; the paper's are 200"),
        Parameter.number("learning-rate", 0.01, 1e-9, 1e3, "Halved every 15 epochs"),
        Parameter.whole("batch", 128, 1, "Examples of a step"),
        Parameter.whole("seeds", 3, 1, "Repetitions, each with images and weights of its own"));
  }

  @Override
  public List<String> datasets() {
    return List.of("cifar-10", "mnist");
  }

  @Override
  public Report run(ExperimentContext context) {
    List<FilterRun> runs = new ArrayList<>();
    for (int seed = 1; seed <= context.parameters().whole("seeds"); seed++) {
      for (Condition condition : Condition.values()) {
        runs.add(run(context, condition, seed));
      }
    }
    return new FilterReport(context.parameters(), context.dataset(), runs).report();
  }

  private static FilterRun run(ExperimentContext context, Condition condition, int seed) {
    Parameters set = context.parameters();
    DataSpec data = context.data(set.whole("training"), VALIDATION);
    int epochs = set.whole("epochs");
    RunSpec spec =
        new RunSpec(
            new RunId("filters-%s-%d".formatted(condition.words().toLowerCase(Locale.ROOT), seed)),
            data,
            condition.noise(),
            new NetworkSpec("arpit-cnn", set.whole("filters")),
            new OptimizerSpec(
                OptimizerSpec.Name.MOMENTUM,
                set.number("learning-rate"),
                0.9,
                new OptimizerSpec.Schedule(OptimizerSpec.Schedule.Kind.STEP, 0.5, 15)),
            RegularizationSpec.NONE,
            new TrainingSpec(epochs, set.whole("batch"), seed, 1),
            new CheckpointSpec(0),
            ProbesSpec.NONE,
            CanariesSpec.NONE,
            OnsetSpec.NONE);
    RunData examples = context.load(data, condition.noise(), seed);
    FilterRun run = new FilterRun(condition, seed);
    int conditions = Condition.values().length;
    long before = (seed - 1L) * conditions + condition.ordinal();
    long total = (long) set.whole("seeds") * conditions * epochs;
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            examples,
            (epoch, step, event) -> {
              run.emit(epoch, step, event);
              context
                  .progress()
                  .at(
                      "%s, seed %d, epoch %d".formatted(condition.words(), seed, epoch),
                      before * epochs + epoch,
                      total);
            },
            run)) {
      while (loop.advance()) {}
    }
    return run;
  }
}
