package io.engram.collector;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up run, deterministic by its name: clean examples are learned first, flipped ones are
 * memorized later, and then the validation accuracy falls.
 */
public final class SyntheticRun {
  public static final int EXAMPLES = 1_000;
  public static final int BATCH = 50;
  public static final int STEPS_PER_EPOCH = EXAMPLES / BATCH;
  public static final int EPOCHS = 40;

  private static final int CLASSES = 10;
  private static final int VALIDATION = 500;
  private static final double MEMORIZED_AT = 0.6 * EPOCHS;

  private final RunId run;
  private final long incarnation;
  private final List<String> layers;
  private final int[] ids = new int[EXAMPLES];
  private final int[] given = new int[EXAMPLES];
  private final int[] truth = new int[EXAMPLES];
  private final double[] learnedAt = new double[EXAMPLES];
  private final Random random;
  private final double flippedShare;
  private @Nullable SyntheticProbes probes;
  private long sequence;
  private long step;

  /**
   * @param flippedShare share of the labels that are wrong
   */
  public SyntheticRun(String name, double flippedShare, String... layers) {
    this.run = new RunId(name);
    this.incarnation = 1;
    this.layers = List.of(layers);
    this.flippedShare = flippedShare;
    this.random = new Random(name.hashCode());
    for (int i = 0; i < EXAMPLES; i++) {
      ids[i] = i;
      truth[i] = random.nextInt(CLASSES);
      boolean flipped = random.nextDouble() < flippedShare;
      given[i] = flipped ? (truth[i] + 1 + random.nextInt(CLASSES - 1)) % CLASSES : truth[i];
      learnedAt[i] =
          flipped
              ? MEMORIZED_AT + 6 * random.nextGaussian()
              : -3 * Math.log(1 - random.nextDouble());
    }
  }

  /** Lets it say what probes measure: before training and at the end of each epoch. */
  public SyntheticRun withProbes() {
    probes = new SyntheticProbes(given, truth);
    return this;
  }

  /**
   * Lets it say what predictions it monitors, of enough examples for all detectors.
   *
   * @param memorizing whether it begins to know given labels in epoch 6
   */
  public SyntheticRun withMonitoring(boolean memorizing) {
    probes = SyntheticProbes.monitoring(given, truth, memorizing);
    return this;
  }

  /** The header, the descriptions of the examples, and the evaluation before training. */
  public EventBatch start() {
    int flipped = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      flipped += given[i] == truth[i] ? 0 : 1;
    }
    List<EventEnvelope> batch = new ArrayList<>();
    add(
        batch,
        new RunStarted(
            new RunStarted.Dataset(
                "glyphs", "0".repeat(64), EXAMPLES, VALIDATION, CLASSES, 28, 28, 1, 0.13, 0.31),
            new RunStarted.Noise(
                "none", 0, 0, flipped > 0 ? "uniform" : "none", flippedShare, flipped, flipped),
            new RunStarted.Network("mlp:784-256-10", 203_530, layers, List.of()),
            new RunStarted.Training(
                "sgd 0.1, momentum 0.9", 0.1, BATCH, EPOCHS, STEPS_PER_EPOCH, 7),
            new RunStarted.Device("cpu", "test"),
            -1));
    add(batch, new ExamplesDescribed(ExampleRole.TRAINING, ids, given, truth));
    if (probes != null) {
      probes.descriptions().forEach(event -> add(batch, event));
    }
    evaluate(batch);
    return new EventBatch(batch, 0);
  }

  /** The next step's events and, where it ends an epoch, the evaluation. */
  public EventBatch step() {
    List<EventEnvelope> batch = new ArrayList<>();
    double epoch = epoch();
    int from = (int) (step % STEPS_PER_EPOCH) * BATCH;
    int[] stepIds = new int[BATCH];
    int[] stepGiven = new int[BATCH];
    int[] predicted = new int[BATCH];
    float[] loss = new float[BATCH];
    float[] margin = new float[BATCH];
    float[] gradient = new float[BATCH];
    int correct = 0;
    double lossSum = 0;
    for (int i = 0; i < BATCH; i++) {
      int example = from + i;
      double ease = (epoch - learnedAt[example]) / 2 + 0.5 * random.nextGaussian();
      boolean right = ease > 0;
      stepIds[i] = ids[example];
      stepGiven[i] = given[example];
      predicted[i] =
          right
              ? given[example]
              : truth[example] == given[example] ? (given[example] + 1) % CLASSES : truth[example];
      margin[i] = (float) ease;
      loss[i] = (float) Math.log1p(Math.exp(-ease) * 4);
      gradient[i] = (float) (1 - Math.exp(-loss[i]));
      correct += right ? 1 : 0;
      lossSum += loss[i];
    }
    add(batch, new StepCompleted(BATCH, correct, lossSum, 0.1, 0.004));
    add(
        batch,
        new ExamplesClassified(
            stepIds,
            stepGiven,
            predicted,
            loss,
            margin,
            probes == null ? new float[0] : gradient,
            probes == null ? new float[0] : gradient,
            gradient,
            new float[0]));
    double[] norms = new double[layers.size()];
    double[] updates = new double[layers.size()];
    double[] parameters = new double[layers.size()];
    for (int l = 0; l < norms.length; l++) {
      norms[l] = (0.05 + lossSum / BATCH) * (l + 1) * Math.exp(0.25 * random.nextGaussian()) / 3;
      updates[l] = 0.1 * norms[l];
      parameters[l] = 20 + step * 0.01;
    }
    add(batch, new GradientNormsMeasured(norms, updates, parameters));
    step++;
    if (step % STEPS_PER_EPOCH == 0) {
      evaluate(batch);
      if (step == (long) EPOCHS * STEPS_PER_EPOCH) {
        add(batch, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
      }
    }
    return new EventBatch(batch, 0);
  }

  /** What its trainer says of what waits for the collector. */
  public EventBatch report(TrainerReported.Spool spool) {
    return report(TrainerReported.State.RUNNING, spool);
  }

  /** Says that it waits. */
  public EventBatch pause() {
    return report(TrainerReported.State.PAUSED, new TrainerReported.Spool(0, 0, 0, 1_000, 0));
  }

  private EventBatch report(TrainerReported.State state, TrainerReported.Spool spool) {
    List<EventEnvelope> batch = new ArrayList<>();
    add(batch, new TrainerReported(state, sequence + 1, Map.of(), spool));
    return new EventBatch(batch, 0);
  }

  /** A last word of the trainer's. */
  public EventBatch stop(String detail) {
    List<EventEnvelope> batch = new ArrayList<>();
    add(batch, new RunFinished(RunFinished.Outcome.STOPPED, detail));
    return new EventBatch(batch, 0);
  }

  public boolean isOver() {
    return step == (long) EPOCHS * STEPS_PER_EPOCH;
  }

  public RunId run() {
    return run;
  }

  private void evaluate(List<EventEnvelope> batch) {
    add(batch, evaluation());
    if (probes != null) {
      probes.measurements(epoch(), step).forEach(event -> add(batch, event));
    }
  }

  private EpochCompleted evaluation() {
    long[] right = new long[2];
    long[] all = new long[2];
    for (int i = 0; i < EXAMPLES; i++) {
      int group = given[i] == truth[i] ? 0 : 1;
      all[group]++;
      right[group] += epoch() > learnedAt[i] ? 1 : 0;
    }
    double memorized = all[1] == 0 ? 0 : (double) right[1] / all[1];
    double accuracy =
        0.1 + 0.87 * (1 - Math.exp(-epoch() / 4)) - 0.3 * flippedShare * memorized * 2;
    long validation = Math.round(VALIDATION * accuracy);
    List<Evaluation> evaluations = new ArrayList<>();
    evaluations.add(
        new Evaluation(Split.TRAIN, LabelGroup.CLEAN, all[0], right[0], 0.2 * (all[0] - right[0])));
    if (all[1] > 0) {
      evaluations.add(
          new Evaluation(
              Split.TRAIN, LabelGroup.FLIPPED, all[1], right[1], 2.0 * (all[1] - right[1])));
    }
    evaluations.add(
        new Evaluation(
            Split.VALIDATION,
            LabelGroup.CLEAN,
            VALIDATION,
            validation,
            0.5 * (VALIDATION - validation)));
    return new EpochCompleted(evaluations, 0.1);
  }

  private double epoch() {
    return (double) step / STEPS_PER_EPOCH;
  }

  private void add(List<EventEnvelope> batch, TrainingEvent event) {
    batch.add(
        new EventEnvelope(
            run,
            incarnation,
            sequence++,
            (int) (step / STEPS_PER_EPOCH),
            step,
            System.currentTimeMillis(),
            event));
  }
}
