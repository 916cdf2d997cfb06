package io.engram.collector.aggregate;

import io.engram.events.Evaluation;
import io.engram.events.Split;
import java.util.List;

/**
 * The latest evaluation of a split.
 *
 * @param split what was evaluated
 * @param epoch passes over the training set completed before
 * @param step updates completed before
 * @param groups one evaluation for each label group that the split has; they add up to the split
 */
public record SplitSnapshot(Split split, int epoch, long step, List<Evaluation> groups) {
  public SplitSnapshot {
    groups = List.copyOf(groups);
  }

  /** Number of examples, all groups together. */
  public long examples() {
    return groups.stream().mapToLong(Evaluation::examples).sum();
  }

  /** How many of them were predicted as the label that the split holds against them. */
  public long correct() {
    return groups.stream().mapToLong(Evaluation::correct).sum();
  }

  /** Mean cross-entropy in nats; NaN for an empty split. */
  public double loss() {
    double sum = 0;
    for (Evaluation group : groups) {
      sum += group.lossSum();
    }
    return sum / examples();
  }

  /** Share of correct predictions, 0 to 1; NaN for an empty split. */
  public double accuracy() {
    return (double) correct() / examples();
  }
}
