package io.engram.trainer.experiment.onset;

import io.engram.collector.aggregate.PairedChange;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Works out the {@link GroundTruth} of a run from its events, true labels included. */
final class TruthFinder {
  private static final double LEVEL = 1e-3;
  private static final double HALF = 0.5;

  private final Map<Integer, Wrong> wrong = new HashMap<>();
  private final List<Long> steps = new ArrayList<>();
  private final List<Double> accuracy = new ArrayList<>();
  private int classes;
  private int stepsPerEpoch = 1;
  private int monitored;
  private long candidate = -1;
  private long memorized = -1;
  private long half = -1;

  /**
   * A wrongly labelled example.
   *
   * @param other a class that is neither given nor true, drawn by the id; -1 with two classes
   */
  private record Wrong(int given, int other) {}

  /**
   * @throws IllegalArgumentException if the run was never evaluated
   */
  static GroundTruth of(List<EventEnvelope> events) {
    TruthFinder finder = new TruthFinder();
    events.forEach(finder::take);
    if (finder.steps.isEmpty()) {
      throw new IllegalArgumentException("the run has no evaluation on clean examples");
    }
    return new GroundTruth(
        finder.monitored,
        finder.memorized,
        finder.half,
        new AccuracyCurve(
            finder.steps.stream().mapToLong(Long::longValue).toArray(),
            finder.accuracy.stream().mapToDouble(Double::doubleValue).toArray()),
        finder.stepsPerEpoch,
        events.get(events.size() - 1).step());
  }

  private void take(EventEnvelope envelope) {
    if (envelope.event() instanceof RunStarted started) {
      classes = started.dataset().classes();
      stepsPerEpoch = started.training().stepsPerEpoch();
    } else if (envelope.event() instanceof ExamplesDescribed described
        && described.role() == ExampleRole.TRAINING) {
      describe(described);
    } else if (envelope.event() instanceof PredictionsMonitored look
        && look.role() == ExampleRole.TRAINING) {
      look(envelope.step(), look);
    } else if (envelope.event() instanceof EpochCompleted completed) {
      evaluate(envelope.step(), completed);
    }
  }

  private void describe(ExamplesDescribed described) {
    for (int i = 0; i < described.ids().length; i++) {
      int given = described.givenLabels()[i];
      int truth = described.trueLabels()[i];
      if (truth >= 0 && given != truth) {
        wrong.put(described.ids()[i], new Wrong(given, other(described.ids()[i], given, truth)));
      }
    }
  }

  private int other(int id, int given, int truth) {
    if (classes < 3) {
      return -1;
    }
    int drawn = new SplittableRandom(id).nextInt(classes - 2);
    int low = Math.min(given, truth);
    int high = Math.max(given, truth);
    drawn += drawn >= low ? 1 : 0;
    return drawn + (drawn >= high ? 1 : 0);
  }

  private void look(long step, PredictionsMonitored look) {
    long given = 0;
    long other = 0;
    int seen = 0;
    for (int i = 0; i < look.ids().length; i++) {
      Wrong label = wrong.get(look.ids()[i]);
      if (label != null) {
        int predicted = predicted(look, i);
        seen++;
        given += predicted == label.given ? 1 : 0;
        other += predicted == label.other ? 1 : 0;
      }
    }
    monitored = seen;
    boolean beats = given > other && new PairedChange(given, other).p() / 2 < LEVEL;
    if (beats && candidate >= 0 && memorized < 0) {
      memorized = candidate;
    }
    candidate = beats ? step : -1;
    if (half < 0 && seen > 0 && given >= HALF * seen) {
      half = step;
    }
  }

  private static int predicted(PredictionsMonitored look, int row) {
    if (look.top().length > 0) {
      return look.top()[row * PredictionsMonitored.TOP];
    }
    int best = 0;
    int from = row * look.classes();
    for (int k = 1; k < look.classes(); k++) {
      best = look.probabilities()[from + k] > look.probabilities()[from + best] ? k : best;
    }
    return best;
  }

  private void evaluate(long step, EpochCompleted completed) {
    long correct = 0;
    long examples = 0;
    for (Evaluation evaluation : completed.evaluations()) {
      if (evaluation.split() == Split.VALIDATION) {
        correct += evaluation.correct();
        examples += evaluation.examples();
      }
    }
    if (examples > 0) {
      steps.add(step);
      accuracy.add((double) correct / examples);
    }
  }
}
