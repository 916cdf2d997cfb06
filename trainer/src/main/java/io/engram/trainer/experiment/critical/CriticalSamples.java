package io.engram.trainer.experiment.critical;

import io.engram.events.RunId;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.CheckpointSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.OnsetSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.spec.TrainingSpec;
import io.engram.trainer.training.TrainingLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Does a network draw its boundaries closer to the examples when it memorizes? (Arpit et al. 2017,
 * §4.2, Figs. 7 to 9.) Trains on shares of random labels and of random inputs, and searches around
 * the same validation and training examples for inputs that are classified otherwise.
 *
 * <p>The schedule is declared here and was not chosen by its result: two layers of 256 units, plain
 * SGD at 0.1, batches of 50, 100 epochs; looks after each of the first ten, then after 20, 50 and
 * 100. Claims are judged at each radius: at the paper's own, 1, few of a few hundred examples are
 * critical, and at 25 all of them may be, so that nothing can rise.
 */
public final class CriticalSamples implements Experiment {
  @Override
  public String name() {
    return "critical-samples";
  }

  @Override
  public String description() {
    return "Does memorizing bring decision boundaries closer to the examples? (A12 to A15)";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.whole("training", 2_000, 10, "Training examples"),
        Parameter.whole(
            "searched", 500, 10, "Validation examples, and training examples, searched"),
        Parameter.numbers(
            "shares", List.of(0.2, 0.4, 0.6, 0.8, 1.0), 1e-9, 1, "Of random labels or inputs"),
        Parameter.numbers(
            "radii", List.of(1.0, 8.0, 25.0), 1e-9, 1e6, "In 0.3 on the scale of pixels 0 to 255"),
        Parameter.whole("iterations", 20, 1, "Steps of a search"),
        Parameter.whole("epochs", 100, 1, "Length of the schedule"),
        Parameter.number("learning-rate", 0.1, 1e-9, 1e3, "Of plain SGD"),
        Parameter.whole("batch", 50, 1, "Examples of a step"),
        Parameter.whole("units", 256, 1, "Units of each of two hidden layers"),
        Parameter.whole("seed", 1, 0, "Fixes all draws"));
  }

  @Override
  public Report run(ExperimentContext context) {
    List<CriticalRun> runs = new ArrayList<>();
    List<Double> shares = context.parameters().numbers("shares");
    int total = 1 + 2 * shares.size();
    runs.add(run(context, "real", 0, NoiseSpec.NONE, 0, total));
    for (double share : shares) {
      NoiseSpec noise = NoiseSpec.labels(share, NoiseSpec.Kind.UNIFORM);
      runs.add(run(context, "randY", share, noise, runs.size(), total));
    }
    for (double share : shares) {
      NoiseSpec noise = NoiseSpec.inputs(share, NoiseSpec.Moments.SCALAR);
      runs.add(run(context, "randX", share, noise, runs.size(), total));
    }
    return new CriticalReport(context.parameters(), context.dataset(), runs).report();
  }

  private static CriticalRun run(
      ExperimentContext context, String kind, double share, NoiseSpec noise, int done, int total) {
    Parameters set = context.parameters();
    DataSpec dataSpec = context.data(set.whole("training"), Math.max(1_000, set.whole("searched")));
    RunData data = context.load(dataSpec, noise, set.whole("seed"));
    String network =
        "mlp:%d-%2$d-%2$d-%3$d"
            .formatted(
                data.training().shape().size(), set.whole("units"), data.training().classes());
    RunSpec spec =
        new RunSpec(
            new RunId("critical-samples"),
            dataSpec,
            noise,
            NetworkSpec.of(network),
            OptimizerSpec.sgd(set.number("learning-rate")),
            RegularizationSpec.NONE,
            new TrainingSpec(set.whole("epochs"), set.whole("batch"), set.whole("seed"), 1),
            new CheckpointSpec(0),
            probes(set),
            CanariesSpec.NONE,
            OnsetSpec.NONE);
    CriticalRun run = new CriticalRun(kind, share);
    String words = share == 0 ? kind : "%s %s".formatted(kind, share);
    int epochs = set.whole("epochs");
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            (epoch, step, event) -> {
              run.emit(epoch, step, event);
              context
                  .progress()
                  .at(
                      "%s, epoch %d".formatted(words, epoch),
                      (long) done * epochs + epoch,
                      (long) total * epochs);
            },
            Probes::synchronous)) {
      while (loop.advance()) {}
    }
    return run;
  }

  private static ProbesSpec probes(Parameters set) {
    ProbesSpec none = ProbesSpec.NONE;
    return new ProbesSpec(
        new ProbesSpec.Csr(
            Schedule.parse("10 epochs then logarithmic"),
            set.whole("searched"),
            set.whole("searched"),
            0,
            set.numbers("radii"),
            set.whole("iterations")),
        none.predictions(),
        none.spectrum(),
        none.unrolled(),
        none.truncated(),
        none.svalidation());
  }
}
