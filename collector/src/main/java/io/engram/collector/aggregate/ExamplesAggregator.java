package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.LabelGroup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Follows the training examples: who they are, and how each presentation went. */
final class ExamplesAggregator {
  private final ExampleDynamics examples;
  private final LogHistogram gradientNorms;
  private final SeriesTable cleanLearned;
  private final SeriesTable flippedLearned;
  private final SeriesTable predictionChanges;
  private int expected;
  private long observations;
  private long undescribed;
  private long mislabelled;
  private long redescribed;
  private long changesBeforeEpoch;

  ExamplesAggregator() {
    examples = new ExampleDynamics();
    gradientNorms = new LogHistogram(LogHistogram.NORMS);
    cleanLearned = new SeriesTable(List.of(SeriesNames.examplesLearned(LabelGroup.CLEAN)));
    flippedLearned = new SeriesTable(List.of(SeriesNames.examplesLearned(LabelGroup.FLIPPED)));
    predictionChanges = new SeriesTable(List.of(SeriesNames.PREDICTION_CHANGES));
  }

  ExamplesAggregator(DataInput in) throws IOException {
    examples = new ExampleDynamics(in);
    gradientNorms = new LogHistogram(LogHistogram.NORMS, in);
    cleanLearned = new SeriesTable(in);
    flippedLearned = new SeriesTable(in);
    predictionChanges = new SeriesTable(in);
    expected = in.readInt();
    observations = in.readLong();
    undescribed = in.readLong();
    mislabelled = in.readLong();
    redescribed = in.readLong();
    changesBeforeEpoch = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    examples.save(out);
    gradientNorms.save(out);
    cleanLearned.save(out);
    flippedLearned.save(out);
    predictionChanges.save(out);
    out.writeInt(expected);
    out.writeLong(observations);
    out.writeLong(undescribed);
    out.writeLong(mislabelled);
    out.writeLong(redescribed);
    out.writeLong(changesBeforeEpoch);
  }

  /** Room is made for this many examples as they are described. */
  void onTrainingExamples(int number) {
    expected = number;
  }

  /** Adds the training examples that are new; those already known must agree. */
  void onExamplesDescribed(ExamplesDescribed event) {
    if (event.role() != ExampleRole.TRAINING) {
      return;
    }
    int[] ids = event.ids();
    int from = 0;
    for (int to = 1; to <= ids.length; to++) {
      if (to == ids.length || ids[to] <= ids[to - 1]) {
        describeAscending(event, from, to);
        from = to;
      }
    }
  }

  private void describeAscending(ExamplesDescribed event, int from, int to) {
    int[] ids = new int[to - from];
    int[] given = new int[to - from];
    int[] trueLabels = new int[to - from];
    int fresh = 0;
    for (int i = from; i < to; i++) {
      int givenLabel = event.givenLabels()[i];
      int trueLabel = event.trueLabels()[i];
      int slot = examples.find(event.ids()[i]);
      if (slot < 0) {
        ids[fresh] = event.ids()[i];
        given[fresh] = givenLabel;
        trueLabels[fresh] = trueLabel;
        fresh++;
      } else if (!examples.agrees(slot, givenLabel, trueLabel)) {
        redescribed++;
      }
    }
    examples.add(
        Arrays.copyOf(ids, fresh),
        Arrays.copyOf(given, fresh),
        Arrays.copyOf(trueLabels, fresh),
        expected);
  }

  /** Counts the presentations of known examples. */
  void onExamplesClassified(int epoch, long step, ExamplesClassified event) {
    int[] ids = event.ids();
    for (int i = 0; i < ids.length; i++) {
      int slot = examples.find(ids[i]);
      if (slot < 0) {
        undescribed++;
      } else if (examples.given(slot) != event.given()[i]) {
        mislabelled++;
      } else {
        observations++;
        examples.observe(slot, epoch, event.predicted()[i], event.loss()[i], event.margin()[i]);
      }
    }
    for (float norm : event.gradientNorm()) {
      gradientNorms.observe(norm);
    }
    appendLearnedShare(cleanLearned, step, examples.clean());
    appendLearnedShare(flippedLearned, step, examples.flipped());
  }

  private static void appendLearnedShare(SeriesTable series, long step, ExampleGroup group) {
    if (group.examples > 0) {
      series.append(step, (double) group.learned / group.examples);
    }
  }

  void onEpochCompleted(int epoch, long step) {
    long changes = examples.clean().predictionChanges + examples.flipped().predictionChanges;
    if (epoch > 0) {
      predictionChanges.append(step, (double) (changes - changesBeforeEpoch));
    }
    changesBeforeEpoch = changes;
  }

  List<SeriesTable> series() {
    return List.of(cleanLearned, flippedLearned, predictionChanges);
  }

  List<ExampleRow> first(ExampleOrder order, int limit) {
    return ExampleRanking.first(examples, order, limit);
  }

  HistogramCounts gradientNorms() {
    return gradientNorms.snapshot();
  }

  ExamplesSnapshot snapshot() {
    return new ExamplesSnapshot(
        examples.size(),
        observations,
        undescribed,
        mislabelled,
        redescribed,
        List.of(examples.clean().snapshot(), examples.flipped().snapshot()));
  }
}
