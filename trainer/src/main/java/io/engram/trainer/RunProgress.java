package io.engram.trainer;

import static java.util.Locale.ROOT;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a person at the console is told of a run: a line per epoch and a row in the summary. */
final class RunProgress {
  /** Columns of {@link #row}. */
  static final List<String> COLUMNS =
      List.of(
          "run", "outcome", "epochs", "train", "validation best", "last", "flipped labels fitted");

  private final String run;
  private final int epochs;
  private final int examples;
  private int epoch;
  private List<Evaluation> evaluations = List.of();
  private double bestValidation = Double.NaN;
  private double secondsPerEpoch = Double.NaN;
  private @Nullable RunFinished end;

  RunProgress(String run, RunStarted header) {
    this.run = run;
    this.epochs = header.training().epochs();
    this.examples = header.dataset().trainingExamples();
  }

  void finished(RunFinished event) {
    end = event;
  }

  /** Takes in the end of an epoch and says it in one line. */
  String line(int completed, EpochCompleted event) {
    epoch = completed;
    evaluations = event.evaluations();
    double validation = accuracy(evaluation -> evaluation.split() == Split.VALIDATION);
    if (!(validation <= bestValidation)) {
      bestValidation = validation;
    }
    StringBuilder line = new StringBuilder();
    line.append(String.format(ROOT, "%s  epoch %d/%d", run, epoch, epochs));
    line.append(String.format(ROOT, "  loss %.3f", loss()));
    line.append("  train ").append(percent(accuracy(RunProgress::onTrain)));
    line.append("  validation ").append(percent(validation));
    if (!Double.isNaN(flippedFitted())) {
      line.append("  flipped labels fitted ").append(percent(flippedFitted()));
    }
    if (epoch > 0) {
      secondsPerEpoch = event.durationSeconds();
      line.append(String.format(ROOT, "  %,.0f examples/s", examples / secondsPerEpoch));
      line.append("  ").append(duration((epochs - epoch) * secondsPerEpoch)).append(" left");
    }
    return line.toString();
  }

  /** The run in one row of the summary. */
  List<String> row() {
    return List.of(
        run,
        end == null ? "unfinished" : end.outcome().name().toLowerCase(ROOT),
        epoch + "/" + epochs,
        percent(accuracy(RunProgress::onTrain)),
        percent(bestValidation),
        percent(accuracy(evaluation -> evaluation.split() == Split.VALIDATION)),
        percent(flippedFitted()));
  }

  private static boolean onTrain(Evaluation evaluation) {
    return evaluation.split() == Split.TRAIN;
  }

  private double flippedFitted() {
    return accuracy(evaluation -> onTrain(evaluation) && evaluation.labels() == LabelGroup.FLIPPED);
  }

  private double loss() {
    double sum = 0;
    long count = 0;
    for (Evaluation evaluation : evaluations) {
      if (onTrain(evaluation)) {
        sum += evaluation.lossSum();
        count += evaluation.examples();
      }
    }
    return sum / count;
  }

  private double accuracy(Predicate<Evaluation> wanted) {
    long correct = 0;
    long count = 0;
    for (Evaluation evaluation : evaluations) {
      if (wanted.test(evaluation)) {
        correct += evaluation.correct();
        count += evaluation.examples();
      }
    }
    return (double) correct / count;
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(ROOT, "%.1f %%", 100 * share);
  }

  private static String duration(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return left.toHours() > 0
        ? String.format(ROOT, "%dh%02dm", left.toHours(), left.toMinutesPart())
        : String.format(ROOT, "%dm%02ds", left.toMinutes(), left.toSecondsPart());
  }
}
