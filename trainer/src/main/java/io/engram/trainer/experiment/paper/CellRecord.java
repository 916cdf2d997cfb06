package io.engram.trainer.experiment.paper;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a run showed.
 *
 * @param cell which run
 * @param stepsPerEpoch steps of an epoch
 * @param training on the training set as given, after each epoch, 0 included
 * @param validation on clean examples
 * @param looks searches for critical samples, in their order
 */
record CellRecord(
    Cell cell,
    int stepsPerEpoch,
    NavigableMap<Integer, Score> training,
    NavigableMap<Integer, Score> validation,
    List<Look> looks) {

  /**
   * An evaluation.
   *
   * @param examples how many
   * @param accuracy share of them
   * @param loss mean
   */
  record Score(long examples, double accuracy, double loss) {}

  /**
   * A search.
   *
   * @param epoch epochs completed
   * @param split around which examples
   * @param radius of the box
   * @param ratio critical share
   */
  record Look(int epoch, Split split, double radius, double ratio) {}

  static CellRecord of(Cell cell, List<EventEnvelope> events) {
    NavigableMap<Integer, Score> training = new TreeMap<>();
    NavigableMap<Integer, Score> validation = new TreeMap<>();
    List<Look> looks = new ArrayList<>();
    int steps = 1;
    for (EventEnvelope envelope : events) {
      int epoch = envelope.epoch();
      if (envelope.event() instanceof RunStarted started) {
        steps = started.training().stepsPerEpoch();
      } else if (envelope.event() instanceof EpochCompleted completed) {
        training.put(epoch, score(completed, Split.TRAIN));
        validation.put(epoch, score(completed, Split.VALIDATION));
      } else if (envelope.event() instanceof CriticalSamplesSearched found) {
        double ratio = (double) found.critical() / found.ids().length;
        looks.add(new Look(epoch, found.split(), found.radius(), ratio));
      }
    }
    return new CellRecord(cell, steps, training, validation, List.copyOf(looks));
  }

  private static Score score(EpochCompleted completed, Split split) {
    long correct = 0;
    long examples = 0;
    double loss = 0;
    for (Evaluation evaluation : completed.evaluations()) {
      if (evaluation.split() == split) {
        correct += evaluation.correct();
        examples += evaluation.examples();
        loss += evaluation.lossSum();
      }
    }
    return new Score(examples, (double) correct / examples, loss / examples);
  }

  /** At the end of the schedule. */
  Score finalTraining() {
    return training.lastEntry().getValue();
  }

  /** At the end of the schedule. */
  Score finalValidation() {
    return validation.lastEntry().getValue();
  }

  /** The epoch of highest validation accuracy, the first of equals. */
  int peakEpoch() {
    int best = validation.firstKey();
    for (Map.Entry<Integer, Score> each : validation.entrySet()) {
      if (each.getValue().accuracy() > accuracy(validation, best)) {
        best = each.getKey();
      }
    }
    return best;
  }

  double validationAt(int epoch) {
    return accuracy(validation, epoch);
  }

  double trainingAt(int epoch) {
    return accuracy(training, epoch);
  }

  /** Training loss after an epoch, NaN where it was not evaluated. */
  double lossAt(int epoch) {
    Score score = training.get(epoch);
    return score == null ? Double.NaN : score.loss();
  }

  private static double accuracy(NavigableMap<Integer, Score> scores, int epoch) {
    Score score = scores.get(epoch);
    return score == null ? Double.NaN : score.accuracy();
  }

  /** The first epoch after which training accuracy is at least this; -1 for none. */
  int firstAt(double accuracy) {
    for (Map.Entry<Integer, Score> each : training.entrySet()) {
      if (each.getValue().accuracy() >= accuracy) {
        return each.getKey();
      }
    }
    return -1;
  }

  /** The last epoch. */
  int lastEpoch() {
    return training.lastKey();
  }

  /** Searches after epoch 1 and later. */
  List<Look> looks(Split split, double radius) {
    return looks.stream()
        .filter(look -> look.epoch() > 0 && look.split() == split && look.radius() == radius)
        .toList();
  }
}
