package io.engram.trainer.experiment.easyhard;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.experiment.Condition;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Trainee;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.OptimizerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Are some examples easier than others, whatever the initial weights? (Arpit et al. 2017, §3.1,
 * Fig. 1.) One epoch from each of R initializations and orders, on the same data; then each of a
 * fixed set of training examples is either classified as its given label or not.
 *
 * <p>The paper says nothing of the number of training examples, learning rate, batch, width and
 * scale of the inputs. Chosen here: 1,000 and 10,000 balanced examples, pixels in 0 to 1, one
 * hidden layer of 128 units, plain SGD at 0.01, batches of 10. The more a network learns of the
 * noise in its one epoch, the less alike are the examples of randX: those that happen to resemble
 * the others of their class are right more often.
 */
public final class EasyHard implements Experiment {
  private static final int REFERENCE_DRAWS = 1_000;

  @Override
  public String name() {
    return "easy-hard";
  }

  @Override
  public String description() {
    return "Are some examples easy and others hard, whatever the initialization? (A1, A2)";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.whole("runs", 100, 2, "Initializations of each condition"),
        Parameter.wholes(
            "training",
            List.of(1_000, 10_000),
            10,
            "Numbers of training examples, balanced over the classes"),
        Parameter.whole("evaluated", 1_000, 10, "Of them, those whose outcome counts"),
        Parameter.whole("units", 128, 1, "Units of the hidden layer"),
        Parameter.number("learning-rate", 0.01, 1e-9, 1e3, "Of plain SGD"),
        Parameter.whole("batch", 10, 1, "Examples of a step"),
        Parameter.flag(
            "standardize", false, "Whether inputs have mean 0 and variance 1 instead of 0 to 1"),
        Parameter.whole("permutations", 999, 19, "Of the within-class null"),
        Parameter.whole("seed", 1, 0, "Fixes all draws"));
  }

  @Override
  public Report run(ExperimentContext context) {
    Parameters set = context.parameters();
    for (int training : set.wholes("training")) {
      atMost("evaluated", set.whole("evaluated"), training);
      atMost("batch", set.whole("batch"), training);
    }
    List<EasyHardScale> scales = new ArrayList<>();
    for (int training : set.wholes("training")) {
      int[] rows = drawn(set.whole("evaluated"), training, set.whole("seed"));
      List<EasyHardResult> results = new ArrayList<>();
      int[] ids = new int[rows.length];
      for (Condition condition : Condition.values()) {
        ExampleSet examples = examples(context, training, condition);
        Arrays.setAll(ids, i -> examples.id(rows[i]));
        results.add(
            EasyHardResult.of(
                condition,
                successes(context, condition, examples, rows),
                set.whole("permutations"),
                set.whole("seed")));
      }
      scales.add(new EasyHardScale(training, ids, results));
    }
    return new EasyHardReport(set, context.dataset(), scales).report();
  }

  private static void atMost(String name, int value, int training) {
    if (value > training) {
      throw new InvalidSettingException(
          "--" + name, "is %d, must be at most the %d of --training".formatted(value, training));
    }
  }

  private static ExampleSet examples(ExperimentContext context, int training, Condition condition) {
    Parameters set = context.parameters();
    return context
        .load(
            context.data(training, 1, set.flag("standardize")),
            condition.noise(),
            set.whole("seed"))
        .training();
  }

  private static Successes successes(
      ExperimentContext context, Condition condition, ExampleSet examples, int[] rows) {
    Parameters set = context.parameters();
    int runs = set.whole("runs");
    String network =
        "mlp:%d-%d-%d".formatted(examples.shape().size(), set.whole("units"), examples.classes());
    int[] all = IntStream.range(0, examples.size()).toArray();
    Successes successes = new Successes(Arrays.stream(rows).map(examples::givenLabel).toArray());
    for (int run = 0; run < runs; run++) {
      long seed = new Random(31L * set.whole("seed") + run).nextLong();
      try (Trainee trainee =
          new Trainee(
              network,
              OptimizerSpec.sgd(set.number("learning-rate")),
              examples,
              all,
              set.whole("batch"),
              1,
              seed)) {
        trainee.epoch();
        successes.add(trainee.predicted(rows));
      }
      progress(context, condition, examples.size(), run + 1);
    }
    return successes;
  }

  /** In examples presented. */
  private static void progress(
      ExperimentContext context, Condition condition, int training, int runs) {
    long perSize = (long) Condition.values().length * context.parameters().whole("runs");
    long done = 0;
    long total = 0;
    boolean before = true;
    for (int size : context.parameters().wholes("training")) {
      total += perSize * size;
      before &= size != training;
      done += before ? perSize * size : 0;
    }
    done += ((long) condition.ordinal() * context.parameters().whole("runs") + runs) * training;
    context
        .progress()
        .at("%,d examples, %s, run %d".formatted(training, condition.words(), runs), done, total);
  }

  /** Different rows, ascending. */
  private static int[] drawn(int count, int of, long seed) {
    int[] rows = IntStream.range(0, of).toArray();
    Trainee.shuffle(rows, new Random(seed));
    return Arrays.stream(rows).limit(count).sorted().toArray();
  }

  /**
   * Sorted shares of failures of examples that all have the same chance.
   *
   * @param rate chance of success
   * @return ascending
   */
  static double[] reference(double rate, int runs, Random random) {
    double[] failures = new double[REFERENCE_DRAWS];
    for (int i = 0; i < failures.length; i++) {
      for (int run = 0; run < runs; run++) {
        failures[i] += random.nextDouble() < rate ? 0 : 1.0 / runs;
      }
    }
    Arrays.sort(failures);
    return failures;
  }
}
