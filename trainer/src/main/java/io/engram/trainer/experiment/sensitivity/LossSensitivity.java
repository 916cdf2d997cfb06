package io.engram.trainer.experiment.sensitivity;

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
import io.engram.trainer.spec.InvalidSettingException;
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
 * Do few examples of real data move the loss, where all those of noise do alike? (Arpit et al.
 * 2017, §3.2, Figs. 3 and 4.) Examples are pooled to half their edge, the network has two hidden
 * layers of 16 units, and the loss after t updates is differentiated, through all of them, by the
 * inputs that they used.
 *
 * <p>Runs are ordinary ones with the probe {@code unrolled}, which measures what an ordinary run
 * shows live: 32-bit training, of which the trajectory is exact, and derivatives in double
 * precision. The paper says nothing of learning rate, batch and length; chosen here: plain SGD at
 * 0.1, batches of 50, 60 epochs, ten measurements at equal distances. Only real data and randX are
 * also trained with a class for every example, without a class matrix then.
 */
public final class LossSensitivity implements Experiment {
  /** What is trained on. */
  enum Condition {
    REAL("real", NoiseSpec.NONE, false),
    RAND_X("randX", NoiseSpec.inputs(1, NoiseSpec.Moments.SCALAR), false),
    RAND_Y("randY", NoiseSpec.labels(1, NoiseSpec.Kind.UNIFORM), false),
    REAL_UNIQUE("real, a class each", NoiseSpec.NONE, true),
    RAND_X_UNIQUE("randX, a class each", RAND_X.noise, true);

    final String words;
    final NoiseSpec noise;
    final boolean unique;

    Condition(String words, NoiseSpec noise, boolean unique) {
      this.words = words;
      this.noise = noise;
      this.unique = unique;
    }
  }

  @Override
  public String name() {
    return "loss-sensitivity";
  }

  @Override
  public String description() {
    return "Do few real examples move the loss, and all of noise alike? (A4 to A6)";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.whole("training", 1_000, 10, "Training examples"),
        Parameter.whole("epochs", 60, 1, "Length of the schedule"),
        Parameter.whole("points", 10, 1, "Measurements, at equal distances, the last at the end"),
        Parameter.whole("units", 16, 1, "Units of each of two hidden layers"),
        Parameter.number("learning-rate", 0.1, 1e-9, 1e3, "Of plain SGD"),
        Parameter.whole("batch", 50, 1, "Examples of a step"),
        Parameter.whole("resamples", 999, 19, "Of the bootstrap over examples"),
        Parameter.whole("seed", 1, 0, "Fixes all draws"));
  }

  @Override
  public Report run(ExperimentContext context) {
    Parameters set = context.parameters();
    int steps = (set.whole("training") + set.whole("batch") - 1) / set.whole("batch");
    if (set.whole("points") > steps * set.whole("epochs")) {
      throw new InvalidSettingException(
          "--points",
          "is %d, must be at most the %d steps of a run"
              .formatted(set.whole("points"), steps * set.whole("epochs")));
    }
    List<SensitivityRun> runs = new ArrayList<>();
    for (Condition condition : Condition.values()) {
      runs.add(run(context, condition));
    }
    return new SensitivityReport(set, context.dataset(), runs).report();
  }

  private static SensitivityRun run(ExperimentContext context, Condition condition) {
    Parameters set = context.parameters();
    DataSpec part = context.data(set.whole("training"), 1_000);
    DataSpec dataSpec =
        new DataSpec(
            part.name(),
            part.classes(),
            part.training(),
            part.validation(),
            part.holdout(),
            2,
            part.standardize(),
            condition.unique);
    RunData data = context.load(dataSpec, condition.noise, set.whole("seed"));
    int epochs = set.whole("epochs");
    RunSpec spec =
        new RunSpec(
            new RunId("loss-sensitivity"),
            dataSpec,
            condition.noise,
            NetworkSpec.of(
                "mlp:%d-%2$d-%2$d-%3$d"
                    .formatted(
                        data.training().shape().size(),
                        set.whole("units"),
                        data.training().classes())),
            OptimizerSpec.sgd(set.number("learning-rate")),
            RegularizationSpec.NONE,
            new TrainingSpec(epochs, set.whole("batch"), set.whole("seed"), 1),
            new CheckpointSpec(0),
            probes(set),
            CanariesSpec.NONE,
            OnsetSpec.NONE);
    SensitivityRun run = new SensitivityRun(condition);
    int done = condition.ordinal();
    int total = Condition.values().length;
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            (epoch, step, event) -> {
              run.emit(epoch, step, event);
              context
                  .progress()
                  .at(
                      "%s, epoch %d".formatted(condition.words, epoch),
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
    double every = (double) set.whole("epochs") / set.whole("points");
    return new ProbesSpec(
        none.csr(),
        none.predictions(),
        none.spectrum(),
        new ProbesSpec.Unrolled(
            Schedule.parse("%s epochs".formatted(every)), set.whole("training"), true),
        none.truncated(),
        none.svalidation());
  }
}
