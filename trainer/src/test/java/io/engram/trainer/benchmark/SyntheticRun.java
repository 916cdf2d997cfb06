package io.engram.trainer.benchmark;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a run would say, without its training: 10 classes, 3 layers, steps of 128 examples unless
 * told otherwise, about every tenth label flipped, predictions that are right three times out of
 * four.
 */
final class SyntheticRun {
  static final int BATCH = 128;

  private static final int CLASSES = 10;
  private static final List<String> LAYERS = List.of("dense1", "dense2", "output");
  private static final int CHUNK = 8_192;
  private static final int STRIDE = 1_000_003;

  /** Drawn once, so that what speaks costs little beside what listens. */
  private static final float[] POOL = new float[1 << 16];

  static {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < POOL.length; i++) {
      POOL[i] = (float) random.nextDouble();
    }
  }

  private final RunId run;
  private final int examples;
  private final int batch;
  private final SplittableRandom random = new SplittableRandom(1);
  private long sequence;

  SyntheticRun(String run, int examples) {
    this(run, examples, BATCH);
  }

  SyntheticRun(String run, int examples, int batch) {
    this.run = new RunId(run);
    this.examples = examples;
    this.batch = batch;
  }

  RunId run() {
    return run;
  }

  int examples() {
    return examples;
  }

  /** Steps of an epoch; the last presents some examples of the next. */
  int stepsPerEpoch() {
    return (examples + batch - 1) / batch;
  }

  /** The event with the next sequence number, emitted now. */
  EventEnvelope envelope(long step, TrainingEvent event) {
    return new EventEnvelope(
        run,
        1,
        sequence++,
        (int) (step / stepsPerEpoch()),
        step,
        System.currentTimeMillis(),
        event);
  }

  /** The header and the labels of all examples. */
  List<TrainingEvent> opening() {
    List<TrainingEvent> events = new ArrayList<>();
    events.add(
        new RunStarted(
            new RunStarted.Dataset("synthetic", "", examples, 0, CLASSES, 28, 28, 1, 0.5, 0.25),
            new RunStarted.Noise("none", 0, 0, "uniform", 0.1, examples / 10, examples / 11),
            new RunStarted.Network("mlp:784-256-16-10", 205_242, LAYERS, List.of()),
            new RunStarted.Training("sgd", 0.1, batch, 1, stepsPerEpoch(), 1),
            new RunStarted.Device("cpu", "none"),
            -1));
    for (int from = 0; from < examples; from += CHUNK) {
      int[] ids = IntStream.range(from, Math.min(from + CHUNK, examples)).toArray();
      int[] given = IntStream.of(ids).map(SyntheticRun::givenLabel).toArray();
      int[] truth = IntStream.of(ids).map(SyntheticRun::trueLabel).toArray();
      events.add(new ExamplesDescribed(ExampleRole.TRAINING, ids, given, truth));
    }
    return events;
  }

  /** What one step says, in new arrays. */
  List<TrainingEvent> step(long step) {
    return List.of(
        new StepCompleted(batch, 3 * batch / 4, 40 + random.nextDouble(), 0.1, 0.001),
        classified(step),
        new GradientNormsMeasured(numbers(), numbers(), numbers()));
  }

  /** What the end of an epoch says. */
  EpochCompleted epoch() {
    return new EpochCompleted(
        List.of(
            new Evaluation(Split.TRAIN, LabelGroup.CLEAN, examples, examples / 2, examples),
            new Evaluation(Split.TRAIN, LabelGroup.FLIPPED, examples, examples / 3, examples),
            new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, examples, examples / 4, examples)),
        1);
  }

  private ExamplesClassified classified(long step) {
    int[] ids = new int[batch];
    int[] given = new int[batch];
    int[] predicted = new int[batch];
    float[] margin = new float[batch];
    for (int i = 0; i < batch; i++) {
      ids[i] = (int) ((step * batch + i) * STRIDE % examples);
      given[i] = givenLabel(ids[i]);
      boolean right = random.nextInt(4) > 0;
      predicted[i] = right ? given[i] : (given[i] + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
      margin[i] = (float) (right ? random.nextDouble() : -random.nextDouble());
    }
    return new ExamplesClassified(
        ids,
        given,
        predicted,
        floats(batch),
        margin,
        floats(batch),
        floats(batch),
        floats(batch),
        floats(batch * LAYERS.size()));
  }

  private float[] floats(int length) {
    int from = random.nextInt(POOL.length - length);
    return Arrays.copyOfRange(POOL, from, from + length);
  }

  private double[] numbers() {
    return random.doubles(LAYERS.size()).toArray();
  }

  private static int givenLabel(int id) {
    return id % CLASSES;
  }

  private static int trueLabel(int id) {
    return id % 11 == 0 ? (id + 1) % CLASSES : id % CLASSES;
  }
}
