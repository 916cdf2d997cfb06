package io.engram.trainer.experiment.sensitivity;

import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
 * also trained with a class for every example. Half of the inputs or labels are random for one more
 * curve each (Krueger et al. 2017). A class matrix is computed where all or nothing is random and
 * classes have many examples, and for these there are further seeds: other examples, noise, initial
 * weights and orders.
 */
public final class LossSensitivity implements Experiment {
  /** What is trained on. */
  enum Condition {
    REAL("real", NoiseSpec.NONE, false, true),
    RAND_X("randX", NoiseSpec.inputs(1, NoiseSpec.Moments.SCALAR), false, true),
    RAND_Y("randY", NoiseSpec.labels(1, NoiseSpec.Kind.UNIFORM), false, true),
    REAL_UNIQUE("real, a class each", NoiseSpec.NONE, true, false),
    RAND_X_UNIQUE("randX, a class each", RAND_X.noise, true, false),
    HALF_X("half randX", NoiseSpec.inputs(0.5, NoiseSpec.Moments.SCALAR), false, false),
    HALF_Y("half randY", NoiseSpec.labels(0.5, NoiseSpec.Kind.UNIFORM), false, false);

    final String words;
    final NoiseSpec noise;
    final boolean unique;
    final boolean matrix;

    Condition(String words, NoiseSpec noise, boolean unique, boolean matrix) {
      this.words = words;
      this.noise = noise;
      this.unique = unique;
      this.matrix = matrix;
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
        Parameter.whole("seeds", 3, 1, "Repetitions of real, randX and randY for the class matrix"),
        Parameter.whole("seed", 1, 0, "Fixes all draws of the first, the others follow"));
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
    Progress progress = new Progress(context);
    List<SensitivityRun> runs = new ArrayList<>();
    for (int repetition = 0; repetition < set.whole("seeds"); repetition++) {
      for (Condition condition : Condition.values()) {
        if (repetition == 0 || condition.matrix) {
          runs.add(run(context, condition, set.whole("seed") + repetition, progress));
        }
      }
    }
    return new SensitivityReport(set, context.dataset(), runs).report();
  }

  private static SensitivityRun run(
      ExperimentContext context, Condition condition, int seed, Progress progress) {
    Parameters set = context.parameters();
    DataSpec dataSpec = pooled(context, set.whole("training"), 1_000, condition.unique);
    RunData data = context.load(dataSpec, condition.noise, seed);
    SensitivityRun run = new SensitivityRun(condition, seed);
    new UnrolledRun(
            set.whole("units"),
            set.number("learning-rate"),
            set.whole("batch"),
            set.whole("epochs"),
            set.whole("points"),
            condition.matrix,
            seed)
        .train(
            dataSpec,
            condition.noise,
            data,
            (epoch, step, event) -> {
              run.emit(epoch, step, event);
              progress.at(condition, seed, epoch);
            });
    progress.done++;
    return run;
  }

  /** Part of the data set at half its edge. */
  static DataSpec pooled(
      ExperimentContext context, int training, int validation, boolean uniqueClasses) {
    DataSpec part = context.data(training, validation);
    return new DataSpec(
        part.name(),
        part.classes(),
        part.training(),
        part.validation(),
        part.holdout(),
        2,
        part.standardize(),
        uniqueClasses);
  }

  /** In epochs of all runs. */
  private static final class Progress {
    private final ExperimentContext context;
    private final long epochs;
    private final long total;
    private long done;

    Progress(ExperimentContext context) {
      this.context = context;
      epochs = context.parameters().whole("epochs");
      long again = context.parameters().whole("seeds") - 1L;
      long repeated = Stream.of(Condition.values()).filter(condition -> condition.matrix).count();
      total = (Condition.values().length + again * repeated) * epochs;
    }

    void at(Condition condition, int seed, int epoch) {
      context
          .progress()
          .at(
              "%s, seed %d, epoch %d".formatted(condition.words, seed, epoch),
              done * epochs + epoch,
              total);
    }
  }
}
