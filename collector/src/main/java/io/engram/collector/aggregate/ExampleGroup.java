package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts over the training examples of one label group, kept up to date with each observation. */
final class ExampleGroup {
  final Buckets forgetting = new Buckets(0, 1, 2, 3, 5, 8, 13, 21);
  final Buckets firstLearnedEpoch = new Buckets(0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89);
  final Buckets meanMargin = new Buckets(-30, -10, -5, -3, -2, -1, 0, 1, 2, 3, 5, 10, 30);
  final Buckets correctShare = new Buckets(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1);
  final ConfidenceGrid confidence = new ConfidenceGrid();
  final LabelGroup labels;
  long examples;
  long presented;
  long learned;
  long everLearned;
  long forgettingEvents;
  long predictionChanges;

  ExampleGroup(LabelGroup labels) {
    this.labels = labels;
  }

  ExampleGroupSnapshot snapshot() {
    return new ExampleGroupSnapshot(
        labels,
        examples,
        presented,
        learned,
        everLearned,
        forgettingEvents,
        predictionChanges,
        forgetting.snapshot(),
        firstLearnedEpoch.snapshot(),
        meanMargin.snapshot(),
        correctShare.snapshot(),
        confidence.snapshot());
  }

  void save(DataOutput out) throws IOException {
    for (long value :
        new long[] {
          examples, presented, learned, everLearned, forgettingEvents, predictionChanges
        }) {
      out.writeLong(value);
    }
    forgetting.save(out);
    firstLearnedEpoch.save(out);
    meanMargin.save(out);
    correctShare.save(out);
  }

  /** All but the confidence, which follows from the examples'. */
  void restore(DataInput in) throws IOException {
    examples = in.readLong();
    presented = in.readLong();
    learned = in.readLong();
    everLearned = in.readLong();
    forgettingEvents = in.readLong();
    predictionChanges = in.readLong();
    forgetting.restore(in);
    firstLearnedEpoch.restore(in);
    meanMargin.restore(in);
    correctShare.restore(in);
  }
}
