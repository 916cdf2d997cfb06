package io.engram.trainer.experiment.critical;

import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.PairedChange;
import io.engram.collector.aggregate.Proportion;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.ProbeFailed;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import io.engram.trainer.training.EventSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run of {@link CriticalSamples}, filled by its events. */
final class CriticalRun implements EventSink {
  private final String kind;
  private final double share;
  private final Map<Integer, Double> training = new TreeMap<>();
  private final Map<Integer, Double> validation = new TreeMap<>();
  private final List<Look> looks = new ArrayList<>();

  /**
   * @param kind what is random
   * @param share of the examples
   */
  CriticalRun(String kind, double share) {
    this.kind = kind;
    this.share = share;
  }

  /** What one search found. */
  record Look(int epoch, CriticalSamplesSearched found) {
    double ratio() {
      return (double) found.critical() / found.ids().length;
    }

    Interval interval() {
      return Proportion.interval(found.critical(), found.ids().length);
    }

    /** From this look to a later one around the same examples. */
    PairedChange until(Look later) {
      if (!Arrays.equals(found.ids(), later.found.ids())) {
        throw new IllegalArgumentException("searches around different examples");
      }
      long gained = 0;
      long lost = 0;
      for (int i = 0; i < found.foundAt().length; i++) {
        boolean before = found.foundAt()[i] > 0;
        boolean after = later.found.foundAt()[i] > 0;
        gained += after && !before ? 1 : 0;
        lost += before && !after ? 1 : 0;
      }
      return new PairedChange(gained, lost);
    }
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof EpochCompleted completed) {
      training.put(epoch, accuracy(completed, Split.TRAIN));
      validation.put(epoch, accuracy(completed, Split.VALIDATION));
    } else if (event instanceof CriticalSamplesSearched found) {
      looks.add(new Look(epoch, found));
    } else if (event instanceof ProbeFailed failed) {
      throw new IllegalStateException(
          "%s, epoch %d: %s".formatted(name(), epoch, failed.problem()));
    }
  }

  private static double accuracy(EpochCompleted completed, Split split) {
    long correct = 0;
    long examples = 0;
    for (Evaluation evaluation : completed.evaluations()) {
      if (evaluation.split() == split) {
        correct += evaluation.correct();
        examples += evaluation.examples();
      }
    }
    return (double) correct / examples;
  }

  String name() {
    return share == 0 ? kind : "%s %s".formatted(kind, share);
  }

  String kind() {
    return kind;
  }

  double share() {
    return share;
  }

  /** The looks after epoch 1 and later, in their order. */
  List<Look> looks(Split split, double radius) {
    return looks.stream()
        .filter(look -> look.epoch() > 0)
        .filter(look -> look.found().split() == split && look.found().radius() == radius)
        .toList();
  }

  /** The last look. */
  Look last(Split split, double radius) {
    List<Look> all = looks(split, radius);
    return all.get(all.size() - 1);
  }

  /** The look of highest validation accuracy, the first of equals. */
  Look peak(double radius) {
    List<Look> all = looks(Split.VALIDATION, radius);
    Look best = all.get(0);
    for (Look look : all) {
      if (validation(look.epoch()) > validation(best.epoch())) {
        best = look;
      }
    }
    return best;
  }

  double training(int epoch) {
    return training.getOrDefault(epoch, Double.NaN);
  }

  double validation(int epoch) {
    return validation.getOrDefault(epoch, Double.NaN);
  }
}
