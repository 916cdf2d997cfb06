package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What became of each training example, one slot of parallel arrays each. 60 bytes an example (64
 * if ids came out of order):
 *
 * <pre>
 * id                     4   in the index
 * given                  4   given label
 * trueLabel              4   label before noise, -1 unknown
 * presentations          4
 * correct                4   presentations predicted as given
 * firstLearnedEpoch      4   epoch of the first such presentation, -1 never
 * forgettingEvents       4   correct, then wrong at the next presentation
 * predictionChanges      4   prediction differs from the one before
 * lastPredicted          4   meaningful once presented
 * confidenceMean         4   mean probability of the given label
 * confidenceSquares      4   sum of squared deviations from that mean
 * marginSum              8   over the presentations; divided by them, AUM
 * lossSum                8   over the presentations, CSL
 * </pre>
 *
 * <p>Whether the last prediction was correct is {@code lastPredicted == given}. Sources: forgetting
 * events, Toneva et al. 2019; area under the margin, Pleiss et al. 2020; mean and deviation of the
 * confidence exp(-loss), Swayamdipta et al. 2020; cumulative sample loss, Ravikumar et al. 2025.
 */
final class ExampleDynamics {
  private final IdIndex index;
  private int[] given = {};
  private int[] trueLabel = {};
  private int[] presentations = {};
  private int[] correct = {};
  private int[] firstLearnedEpoch = {};
  private int[] forgettingEvents = {};
  private int[] predictionChanges = {};
  private int[] lastPredicted = {};
  private float[] confidenceMean = {};
  private float[] confidenceSquares = {};
  private double[] marginSum = {};
  private double[] lossSum = {};
  private final ExampleGroup clean = new ExampleGroup(LabelGroup.CLEAN);
  private final ExampleGroup flipped = new ExampleGroup(LabelGroup.FLIPPED);

  ExampleDynamics() {
    index = new IdIndex();
  }

  ExampleDynamics(DataInput in) throws IOException {
    index = new IdIndex(in);
    given = StateIo.readInts(in);
    trueLabel = StateIo.readInts(in);
    presentations = StateIo.readInts(in);
    correct = StateIo.readInts(in);
    firstLearnedEpoch = StateIo.readInts(in);
    forgettingEvents = StateIo.readInts(in);
    predictionChanges = StateIo.readInts(in);
    lastPredicted = StateIo.readInts(in);
    confidenceMean = StateIo.readFloats(in);
    confidenceSquares = StateIo.readFloats(in);
    marginSum = StateIo.readDoubles(in);
    lossSum = StateIo.readDoubles(in);
    clean.restore(in);
    flipped.restore(in);
  }

  void save(DataOutput out) throws IOException {
    int n = size();
    index.save(out);
    StateIo.writeInts(out, given, n);
    StateIo.writeInts(out, trueLabel, n);
    StateIo.writeInts(out, presentations, n);
    StateIo.writeInts(out, correct, n);
    StateIo.writeInts(out, firstLearnedEpoch, n);
    StateIo.writeInts(out, forgettingEvents, n);
    StateIo.writeInts(out, predictionChanges, n);
    StateIo.writeInts(out, lastPredicted, n);
    StateIo.writeFloats(out, confidenceMean, n);
    StateIo.writeFloats(out, confidenceSquares, n);
    StateIo.writeDoubles(out, marginSum, n);
    StateIo.writeDoubles(out, lossSum, n);
    clean.save(out);
    flipped.save(out);
  }

  int size() {
    return index.size();
  }

  ExampleGroup clean() {
    return clean;
  }

  ExampleGroup flipped() {
    return flipped;
  }

  /** The slot of an id, or -1 if it was not described. */
  int find(int id) {
    return index.find(id);
  }

  int given(int slot) {
    return given[slot];
  }

  /** Whether an example is known with these labels. */
  boolean agrees(int slot, int givenLabel, int trueLabelOrMinusOne) {
    return given[slot] == givenLabel && trueLabel[slot] == trueLabelOrMinusOne;
  }

  /**
   * Adds examples.
   *
   * @param ids ascending, without duplicates, none of them known
   * @param expected how many examples there will be in all, or 0 if that is not known
   */
  void add(int[] ids, int[] givenLabels, int[] trueLabels, int expected) {
    int first = size();
    int end = first + ids.length;
    if (end > given.length) {
      resize(capacity(end, expected));
    }
    index.add(ids, given.length);
    System.arraycopy(givenLabels, 0, given, first, ids.length);
    System.arraycopy(trueLabels, 0, trueLabel, first, ids.length);
    Arrays.fill(firstLearnedEpoch, first, end, -1);
    for (int slot = first; slot < end; slot++) {
      group(slot).examples++;
    }
  }

  /** Doubles towards what is expected, so that nothing is left over in the end. */
  private int capacity(int needed, int expected) {
    return needed <= expected
        ? (int) Math.min(expected, Math.max(needed, 2L * given.length))
        : (int) Math.min(Integer.MAX_VALUE - 8, needed + needed / 16L);
  }

  private void resize(int capacity) {
    given = Arrays.copyOf(given, capacity);
    trueLabel = Arrays.copyOf(trueLabel, capacity);
    presentations = Arrays.copyOf(presentations, capacity);
    correct = Arrays.copyOf(correct, capacity);
    firstLearnedEpoch = Arrays.copyOf(firstLearnedEpoch, capacity);
    forgettingEvents = Arrays.copyOf(forgettingEvents, capacity);
    predictionChanges = Arrays.copyOf(predictionChanges, capacity);
    lastPredicted = Arrays.copyOf(lastPredicted, capacity);
    confidenceMean = Arrays.copyOf(confidenceMean, capacity);
    confidenceSquares = Arrays.copyOf(confidenceSquares, capacity);
    marginSum = Arrays.copyOf(marginSum, capacity);
    lossSum = Arrays.copyOf(lossSum, capacity);
  }

  /** Counts one presentation of an example. O(1). */
  void observe(int slot, int epoch, int predicted, float loss, float margin) {
    ExampleGroup group = group(slot);
    int label = given[slot];
    int n = ++presentations[slot];
    boolean wasCorrect = n > 1 && lastPredicted[slot] == label;
    if (n == 1) {
      group.presented++;
    } else if (lastPredicted[slot] != predicted) {
      predictionChanges[slot]++;
      group.predictionChanges++;
    }
    lastPredicted[slot] = predicted;
    if (predicted == label) {
      correct[slot]++;
      if (!wasCorrect) {
        learn(slot, epoch, group);
      }
    } else if (wasCorrect) {
      forget(slot, group);
    }
    addMargin(slot, n, margin, group);
    lossSum[slot] += loss;
    float confidence = (float) Math.exp(-loss);
    float deviation = confidence - confidenceMean[slot];
    confidenceMean[slot] += deviation / n;
    confidenceSquares[slot] += deviation * (confidence - confidenceMean[slot]);
  }

  private void learn(int slot, int epoch, ExampleGroup group) {
    group.learned++;
    if (firstLearnedEpoch[slot] < 0) {
      firstLearnedEpoch[slot] = epoch;
      group.everLearned++;
      group.firstLearnedEpoch.enter(group.firstLearnedEpoch.of(epoch));
      group.forgetting.enter(0);
    }
  }

  private void forget(int slot, ExampleGroup group) {
    group.learned--;
    group.forgettingEvents++;
    group.forgetting.leave(group.forgetting.of(forgettingEvents[slot]++));
    group.forgetting.enter(group.forgetting.of(forgettingEvents[slot]));
  }

  private void addMargin(int slot, int n, float margin, ExampleGroup group) {
    Buckets buckets = group.meanMargin;
    double before = marginSum[slot];
    if (n > 1 && !Double.isNaN(before)) {
      buckets.leave(buckets.of(before / (n - 1)));
    }
    double after = before + margin;
    marginSum[slot] = after;
    if (!Double.isNaN(after)) {
      buckets.enter(buckets.of(after / n));
    }
  }

  private ExampleGroup group(int slot) {
    return trueLabel[slot] >= 0 && trueLabel[slot] != given[slot] ? flipped : clean;
  }

  int presentations(int slot) {
    return presentations[slot];
  }

  int correct(int slot) {
    return correct[slot];
  }

  int forgettingEvents(int slot) {
    return forgettingEvents[slot];
  }

  double meanMargin(int slot) {
    return marginSum[slot] / presentations[slot];
  }

  double lossSum(int slot) {
    return lossSum[slot];
  }

  ExampleRow row(int slot, int id) {
    int n = presentations[slot];
    return new ExampleRow(
        id,
        given[slot],
        trueLabel[slot],
        group(slot).labels,
        n,
        correct[slot],
        firstLearnedEpoch[slot],
        forgettingEvents[slot],
        predictionChanges[slot],
        lastPredicted[slot],
        meanMargin(slot),
        lossSum[slot],
        confidenceMean[slot],
        Math.sqrt(confidenceSquares[slot] / n));
  }

  int[] ids() {
    return index.bySlot();
  }
}
