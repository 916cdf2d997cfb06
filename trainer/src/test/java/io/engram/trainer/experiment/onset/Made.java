package io.engram.trainer.experiment.onset;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.LabelGroup;
import io.engram.events.OnsetChannel;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Made-up runs. */
final class Made {
  static final int CLASSES = 5;
  static final int STEPS_PER_EPOCH = 10;

  final List<EventEnvelope> events = new ArrayList<>();

  Made() {
    add(
        0,
        new RunStarted(
            new RunStarted.Dataset("made", "", 40, 100, CLASSES, 1, 1, 1, 0, 1),
            new RunStarted.Noise("none", 0, 0, "uniform", 0.5, 20, 20),
            new RunStarted.Network("made", 1, List.of(), List.of()),
            new RunStarted.Training("sgd", 0.1, 4, 10, STEPS_PER_EPOCH, 1),
            new RunStarted.Device("cpu", "made"),
            -1));
  }

  Made add(long step, TrainingEvent event) {
    events.add(
        new EventEnvelope(
            new RunId("made"), 1, events.size(), (int) step / STEPS_PER_EPOCH, step, 0, event));
    return this;
  }

  Made described(ExampleRole role, int[] given, int[] truth) {
    return add(0, new ExamplesDescribed(role, ids(role, given.length), given, truth));
  }

  private static int[] ids(ExampleRole role, int count) {
    int first = 1_000 * role.ordinal();
    return IntStream.range(first, first + count).toArray();
  }

  Made look(long step, ExampleRole role, boolean last, int[] predicted) {
    float[] probabilities = new float[predicted.length * CLASSES];
    for (int i = 0; i < predicted.length; i++) {
      for (int k = 0; k < CLASSES; k++) {
        probabilities[i * CLASSES + k] = k == predicted[i] ? 0.6f : 0.1f;
      }
    }
    return add(
        step,
        new PredictionsMonitored(
            role,
            last,
            CLASSES,
            ids(role, predicted.length),
            new int[0],
            probabilities,
            new float[0],
            new int[0]));
  }

  Made evaluated(long step, int correctOfThousand) {
    return add(
        step,
        new EpochCompleted(
            List.of(
                new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 20, 15, 1),
                new Evaluation(Split.TRAIN, LabelGroup.FLIPPED, 20, 5, 2),
                new Evaluation(Split.TRAIN_TRUE, LabelGroup.CLEAN, 20, 15, 1),
                new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, 1_000, correctOfThousand, 3),
                new Evaluation(Split.HOLDOUT, LabelGroup.CLEAN, 10, 7, 1),
                new Evaluation(Split.HOLDOUT, LabelGroup.FLIPPED, 10, 1, 1)),
            1));
  }

  List<EventEnvelope> finished(long step) {
    add(step, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
    return List.copyOf(events);
  }

  /** A run of 100 steps that memorizes at a step and whose accuracy is as given every 10 steps. */
  static GroundTruth truth(long memorized, double... accuracy) {
    long[] steps = new long[accuracy.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = 10L * i;
    }
    return new GroundTruth(20, memorized, -1, new AccuracyCurve(steps, accuracy), 10, 100);
  }

  static Score.Outcome outcome(GroundTruth truth, long step, double... margins) {
    long[] steps = new long[margins.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = 10L * i;
    }
    return new Score.Outcome(
        truth, new Raised("made", OnsetChannel.ONSET, step, true, steps, margins));
  }
}
