package io.engram.collector.aggregate;

import io.engram.events.StepCompleted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Counts steps and keeps their loss, accuracy and learning rate. */
final class ProgressAggregator {
  private final SeriesTable series;
  private final LogHistogram stepSeconds;
  private long steps;
  private long examples;
  private long correct;
  private double stepLoss = Double.NaN;
  private double stepAccuracy = Double.NaN;
  private double learningRate = Double.NaN;
  private double epochSeconds = Double.NaN;
  private long nextStep;

  ProgressAggregator() {
    series =
        new SeriesTable(
            List.of(SeriesNames.STEP_LOSS, SeriesNames.STEP_ACCURACY, SeriesNames.LEARNING_RATE));
    stepSeconds = new LogHistogram(LogHistogram.SECONDS);
  }

  ProgressAggregator(DataInput in) throws IOException {
    series = new SeriesTable(in);
    stepSeconds = new LogHistogram(LogHistogram.SECONDS, in);
    steps = in.readLong();
    examples = in.readLong();
    correct = in.readLong();
    stepLoss = in.readDouble();
    stepAccuracy = in.readDouble();
    learningRate = in.readDouble();
    epochSeconds = in.readDouble();
    nextStep = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    series.save(out);
    stepSeconds.save(out);
    out.writeLong(steps);
    out.writeLong(examples);
    out.writeLong(correct);
    out.writeDouble(stepLoss);
    out.writeDouble(stepAccuracy);
    out.writeDouble(learningRate);
    out.writeDouble(epochSeconds);
    out.writeLong(nextStep);
  }

  /** A step of nothing but canaries counts and has no loss. */
  void onStepCompleted(long step, StepCompleted event) {
    steps++;
    nextStep = step + 1;
    examples += event.examples();
    correct += event.correct();
    stepSeconds.observe(event.durationSeconds());
    learningRate = event.learningRate();
    if (event.examples() > 0) {
      stepLoss = event.lossSum() / event.examples();
      stepAccuracy = (double) event.correct() / event.examples();
      series.append(step, stepLoss, stepAccuracy, learningRate);
    }
  }

  void onEpochCompleted(int epoch, double durationSeconds) {
    if (epoch > 0) {
      epochSeconds = durationSeconds;
    }
  }

  /** The step that comes after the latest one. */
  long nextStep() {
    return nextStep;
  }

  long steps() {
    return steps;
  }

  long examples() {
    return examples;
  }

  long correct() {
    return correct;
  }

  SeriesTable series() {
    return series;
  }

  /**
   * @param redone what was done besides what is counted here
   */
  ProgressSnapshot snapshot(Redone redone) {
    return new ProgressSnapshot(
        steps + redone.steps(),
        redone.stepsAgain(),
        examples + redone.examples(),
        correct + redone.correct(),
        stepSeconds.snapshot(),
        stepLoss,
        stepAccuracy,
        learningRate,
        epochSeconds);
  }
}
