package io.engram.trainer.experiment.sensitivity;

import io.engram.collector.aggregate.ClassMatrix;
import io.engram.collector.aggregate.Gini;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.ProbeFailed;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import io.engram.trainer.experiment.sensitivity.LossSensitivity.Condition;
import io.engram.trainer.training.EventSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run of {@link LossSensitivity}, filled by its events. */
final class SensitivityRun implements EventSink {
  private final Condition condition;
  private final long seed;
  private final Map<Integer, Double> sums = new TreeMap<>();
  private final List<Point> points = new ArrayList<>();
  private double[] matrix = {};
  private double accuracy = Double.NaN;

  SensitivityRun(Condition condition, long seed) {
    this.condition = condition;
    this.seed = seed;
  }

  /**
   * What is known after a measurement.
   *
   * @param step updates completed
   * @param means of each example over the measurements so far
   * @param gini of the means
   * @param matrix mean over the measurements so far
   */
  record Point(long step, double[] means, Gini gini, ClassMatrix matrix) {}

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof LossSensitivityMeasured measured) {
      add(step, measured);
    } else if (event instanceof EpochCompleted completed) {
      accuracy = accuracy(completed);
    } else if (event instanceof ProbeFailed failed) {
      throw new IllegalStateException(
          "%s, epoch %d: %s".formatted(condition.words, epoch, failed.problem()));
    }
  }

  /** An example that no update has used yet counts as one that moved nothing: 0. */
  private void add(long step, LossSensitivityMeasured measured) {
    for (int i = 0; i < measured.ids().length; i++) {
      sums.merge(measured.ids()[i], measured.sensitivity()[i], Double::sum);
    }
    if (points.isEmpty()) {
      matrix = new double[measured.classMatrix().length];
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] += measured.classMatrix()[i];
    }
    int count = points.size() + 1;
    double[] means = sums.values().stream().mapToDouble(sum -> sum / count).toArray();
    double[] mean = Arrays.stream(matrix).map(sum -> sum / count).toArray();
    points.add(new Point(step, means, Gini.of(means), new ClassMatrix(measured.classes(), mean)));
  }

  private static double accuracy(EpochCompleted completed) {
    long correct = 0;
    long examples = 0;
    for (Evaluation evaluation : completed.evaluations()) {
      if (evaluation.split() == Split.TRAIN) {
        correct += evaluation.correct();
        examples += evaluation.examples();
      }
    }
    return (double) correct / examples;
  }

  Condition condition() {
    return condition;
  }

  long seed() {
    return seed;
  }

  List<Point> points() {
    return points;
  }

  Point last() {
    return points.get(points.size() - 1);
  }

  /** Share of the training examples classified as labelled, after the last epoch. */
  double accuracy() {
    return accuracy;
  }
}
