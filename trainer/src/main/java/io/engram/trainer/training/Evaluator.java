package io.engram.trainer.training;

import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.Split;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates a network as it is, dropout and noise off: the whole training set against its given
 * labels, in label groups; against the true labels where any were changed; and the sets that are
 * kept apart, where there are any, against theirs.
 */
final class Evaluator {
  private final LogitsNetwork network;
  private final RunData data;
  private final Outputs outputs;

  Evaluator(LogitsNetwork network, RunData data) {
    this.network = network;
    this.data = data;
    this.outputs = network.outputs();
  }

  List<Evaluation> evaluate() {
    List<Evaluation> evaluations = new ArrayList<>(training());
    evaluations.addAll(apart(Split.VALIDATION, data.validation()));
    evaluations.addAll(apart(Split.HOLDOUT, data.holdout()));
    evaluations.addAll(wrong(Split.CANARY, data.canaries()));
    evaluations.addAll(wrong(Split.GHOST, data.ghosts()));
    return evaluations;
  }

  private List<Evaluation> training() {
    ExampleSet training = data.training();
    Tally given = new Tally(Split.TRAIN);
    Tally truth = new Tally(Split.TRAIN_TRUE);
    network.forEach(
        training,
        (row, logits, at) -> {
          LabelGroup group = group(training, row);
          given.add(group, logits, at, training.givenLabel(row));
          truth.add(group, logits, at, training.trueLabel(row));
        });
    boolean changed = data.describedNoise().labelsFlipped() > 0;
    List<Evaluation> evaluations = new ArrayList<>(given.evaluations(changed));
    if (changed) {
      evaluations.addAll(truth.evaluations(true));
    }
    return evaluations;
  }

  private List<Evaluation> apart(Split split, ExampleSet examples) {
    if (examples.size() == 0) {
      return List.of();
    }
    Tally tally = new Tally(split);
    network.forEach(
        examples,
        (row, logits, at) -> tally.add(group(examples, row), logits, at, examples.givenLabel(row)));
    return tally.evaluations(tally.examples[LabelGroup.FLIPPED.ordinal()] > 0);
  }

  private List<Evaluation> wrong(Split split, ExampleSet examples) {
    if (examples.size() == 0) {
      return List.of();
    }
    int[] correct = {0};
    double[] loss = {0};
    network.forEach(
        examples,
        (row, logits, at) -> {
          int label = examples.givenLabel(row);
          correct[0] += outputs.predicted(logits, at) == label ? 1 : 0;
          loss[0] -= outputs.logProbability(logits, at, label);
        });
    return List.of(new Evaluation(split, LabelGroup.FLIPPED, examples.size(), correct[0], loss[0]));
  }

  private static LabelGroup group(ExampleSet examples, int row) {
    return examples.flipped(row) ? LabelGroup.FLIPPED : LabelGroup.CLEAN;
  }

  private final class Tally {
    private final Split split;
    private final long[] examples = new long[LabelGroup.values().length];
    private final long[] correct = new long[LabelGroup.values().length];
    private final double[] loss = new double[LabelGroup.values().length];

    Tally(Split split) {
      this.split = split;
    }

    void add(LabelGroup group, float[] logits, int at, int label) {
      examples[group.ordinal()]++;
      correct[group.ordinal()] += outputs.predicted(logits, at) == label ? 1 : 0;
      loss[group.ordinal()] += outputs.loss(logits, at, label);
    }

    List<Evaluation> evaluations(boolean flippedToo) {
      List<Evaluation> all = new ArrayList<>();
      all.add(evaluation(LabelGroup.CLEAN));
      if (flippedToo) {
        all.add(evaluation(LabelGroup.FLIPPED));
      }
      return all;
    }

    private Evaluation evaluation(LabelGroup group) {
      int g = group.ordinal();
      return new Evaluation(split, group, examples[g], correct[g], loss[g]);
    }
  }
}
