package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What became of each training example, one slot of parallel arrays each. 60 bytes an example (64
 * if ids came out of order):
 *
 * <pre>
 * id                     4   in the index
 * given                  2   given label
 * trueLabel              2   label before noise, or unknown
 * presentations          4
 * correct                4   presentations predicted as given
 * firstLearnedEpoch      2   epoch of the first such presentation, saturating, or never
 * forgettingEvents       2   correct, then wrong at the next presentation; saturating
 * predictionChanges      2   prediction differs from the one before; saturating
 * lastPredicted          2   meaningful once presented
 * lastOther              2   last prediction that was not the given label, or none
 * confidenceMean         4   mean probability of the given label
 * confidenceSquares      4   sum of squared deviations from that mean
 * marginSum              8   over the presentations; divided by them, AUM
 * lossSum                8   over the presentations, CSL
 * inputGradientSum       4   L1 norms over the presentations; divided by them, direct sensitivity
 * inputGradientSquares   4   squared L2 norms over the presentations, CSG
 * suspicion              2   combined score of the latest ranking, in 65,535ths
 * </pre>
 *
 * <p>Numbers of 2 bytes saturate at 65,535. Labels go from 0 to {@value #LARGEST_LABEL}; an example
 * with another one cannot be added, and a prediction beyond is kept as one that no label equals.
 * Whether the last prediction was correct is {@code lastPredicted == given}. Sources: forgetting
 * events, Toneva et al. 2019; area under the margin, Pleiss et al. 2020; mean and deviation of the
 * confidence exp(-loss), Swayamdipta et al. 2020; cumulative sample loss and cumulative sample
 * gradient, Ravikumar et al. 2025.
 */
final class ExampleDynamics {
  static final int LARGEST_LABEL = 65_533;

  private static final char NO_LABEL = 65_534;
  private static final char UNKNOWN = 65_535;
  private static final char NEVER = 65_535;

  private final IdIndex index;
  private char[] given = {};
  private char[] trueLabel = {};
  private int[] presentations = {};
  private int[] correct = {};
  private char[] firstLearnedEpoch = {};
  private char[] forgettingEvents = {};
  private char[] predictionChanges = {};
  private char[] lastPredicted = {};
  private char[] lastOther = {};
  private float[] confidenceMean = {};
  private float[] confidenceSquares = {};
  private double[] marginSum = {};
  private double[] lossSum = {};
  private float[] inputGradientSum = {};
  private float[] inputGradientSquares = {};
  private char[] suspicion = {};
  private final ExampleGroup clean = new ExampleGroup(LabelGroup.CLEAN);
  private final ExampleGroup flipped = new ExampleGroup(LabelGroup.FLIPPED);

  ExampleDynamics() {
    index = new IdIndex();
  }

  ExampleDynamics(DataInput in) throws IOException {
    index = new IdIndex(in);
    given = StateIo.readChars(in);
    trueLabel = StateIo.readChars(in);
    presentations = StateIo.readInts(in);
    correct = StateIo.readInts(in);
    firstLearnedEpoch = StateIo.readChars(in);
    forgettingEvents = StateIo.readChars(in);
    predictionChanges = StateIo.readChars(in);
    lastPredicted = StateIo.readChars(in);
    lastOther = StateIo.readChars(in);
    confidenceMean = StateIo.readFloats(in);
    confidenceSquares = StateIo.readFloats(in);
    marginSum = StateIo.readDoubles(in);
    lossSum = StateIo.readDoubles(in);
    inputGradientSum = StateIo.readFloats(in);
    inputGradientSquares = StateIo.readFloats(in);
    suspicion = StateIo.readChars(in);
    clean.restore(in);
    flipped.restore(in);
    for (int slot : presentedSlots()) {
      group(slot)
          .confidence
          .enter(confidenceMean[slot], confidenceSquares[slot], presentations[slot]);
    }
  }

  void save(DataOutput out) throws IOException {
    int n = size();
    index.save(out);
    StateIo.writeChars(out, given, n);
    StateIo.writeChars(out, trueLabel, n);
    StateIo.writeInts(out, presentations, n);
    StateIo.writeInts(out, correct, n);
    StateIo.writeChars(out, firstLearnedEpoch, n);
    StateIo.writeChars(out, forgettingEvents, n);
    StateIo.writeChars(out, predictionChanges, n);
    StateIo.writeChars(out, lastPredicted, n);
    StateIo.writeChars(out, lastOther, n);
    StateIo.writeFloats(out, confidenceMean, n);
    StateIo.writeFloats(out, confidenceSquares, n);
    StateIo.writeDoubles(out, marginSum, n);
    StateIo.writeDoubles(out, lossSum, n);
    StateIo.writeFloats(out, inputGradientSum, n);
    StateIo.writeFloats(out, inputGradientSquares, n);
    StateIo.writeChars(out, suspicion, n);
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
    return given[slot] == givenLabel && trueLabel(slot) == trueLabelOrMinusOne;
  }

  /**
   * Adds examples.
   *
   * @param ids ascending, without duplicates, none of them known
   * @param givenLabels labels that {@link #canHold} allows, as the true ones
   * @param expected how many examples there will be in all, or 0 if that is not known
   */
  void add(int[] ids, int[] givenLabels, int[] trueLabels, int expected) {
    int first = size();
    int end = first + ids.length;
    if (end > given.length) {
      resize(capacity(end, expected));
    }
    index.add(ids, given.length);
    Arrays.fill(firstLearnedEpoch, first, end, NEVER);
    Arrays.fill(lastOther, first, end, UNKNOWN);
    for (int slot = first; slot < end; slot++) {
      given[slot] = (char) givenLabels[slot - first];
      trueLabel[slot] = (char) trueLabels[slot - first];
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
    lastOther = Arrays.copyOf(lastOther, capacity);
    confidenceMean = Arrays.copyOf(confidenceMean, capacity);
    confidenceSquares = Arrays.copyOf(confidenceSquares, capacity);
    marginSum = Arrays.copyOf(marginSum, capacity);
    lossSum = Arrays.copyOf(lossSum, capacity);
    inputGradientSum = Arrays.copyOf(inputGradientSum, capacity);
    inputGradientSquares = Arrays.copyOf(inputGradientSquares, capacity);
    suspicion = Arrays.copyOf(suspicion, capacity);
  }

  /** Whether an example can have these labels, the true one being -1 where it is not known. */
  static boolean canHold(int givenLabel, int trueLabelOrMinusOne) {
    return givenLabel >= 0
        && givenLabel <= LARGEST_LABEL
        && trueLabelOrMinusOne >= -1
        && trueLabelOrMinusOne <= LARGEST_LABEL;
  }

  /** Counts one presentation of an example. O(1). */
  void observe(int slot, int epoch, int prediction, float loss, float margin) {
    char predicted = prediction >= 0 && prediction <= LARGEST_LABEL ? (char) prediction : NO_LABEL;
    ExampleGroup group = group(slot);
    char label = given[slot];
    int n = ++presentations[slot];
    boolean wasCorrect = n > 1 && lastPredicted[slot] == label;
    if (n == 1) {
      group.presented++;
    } else if (lastPredicted[slot] != predicted) {
      predictionChanges[slot] = oneMore(predictionChanges[slot]);
      group.predictionChanges++;
    }
    lastPredicted[slot] = predicted;
    Buckets shares = group.correctShare;
    if (n > 1) {
      shares.leave(shares.of((double) correct[slot] / (n - 1)));
    }
    if (predicted == label) {
      correct[slot]++;
      if (!wasCorrect) {
        learn(slot, epoch, group);
      }
    } else {
      lastOther[slot] = predicted;
      if (wasCorrect) {
        forget(slot, group);
      }
    }
    shares.enter(shares.of((double) correct[slot] / n));
    addMargin(slot, n, margin, group);
    lossSum[slot] += loss;
    addConfidence(slot, n, (float) Math.exp(-loss), group);
  }

  private static char oneMore(char count) {
    return count == Character.MAX_VALUE ? count : (char) (count + 1);
  }

  /** Adds the norms of the gradient of an example's loss by its input, where they are known. */
  void observeInputGradient(int slot, float l1, float l2) {
    inputGradientSum[slot] += l1;
    inputGradientSquares[slot] += l2 * l2;
  }

  private void learn(int slot, int epoch, ExampleGroup group) {
    group.learned++;
    if (firstLearnedEpoch[slot] == NEVER) {
      firstLearnedEpoch[slot] = (char) Math.min(epoch, NEVER - 1);
      group.everLearned++;
      group.firstLearnedEpoch.enter(group.firstLearnedEpoch.of(epoch));
      group.forgetting.enter(0);
    }
  }

  private void forget(int slot, ExampleGroup group) {
    group.learned--;
    group.forgettingEvents++;
    group.forgetting.leave(group.forgetting.of(forgettingEvents[slot]));
    forgettingEvents[slot] = oneMore(forgettingEvents[slot]);
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

  private void addConfidence(int slot, int n, float confidence, ExampleGroup group) {
    if (n > 1) {
      group.confidence.leave(confidenceMean[slot], confidenceSquares[slot], n - 1);
    }
    float deviation = confidence - confidenceMean[slot];
    confidenceMean[slot] += deviation / n;
    confidenceSquares[slot] += deviation * (confidence - confidenceMean[slot]);
    group.confidence.enter(confidenceMean[slot], confidenceSquares[slot], n);
  }

  private ExampleGroup group(int slot) {
    return isFlipped(slot) ? flipped : clean;
  }

  /** Whether the given label is known to differ from the true one. */
  boolean isFlipped(int slot) {
    return trueLabel[slot] != UNKNOWN && trueLabel[slot] != given[slot];
  }

  private int trueLabel(int slot) {
    return trueLabel[slot] == UNKNOWN ? -1 : trueLabel[slot];
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

  /** Mean of the L1 norm of the input gradient over the presentations. */
  double inputGradient(int slot) {
    return (double) inputGradientSum[slot] / presentations[slot];
  }

  float inputGradientSquares(int slot) {
    return inputGradientSquares[slot];
  }

  double confidenceMean(int slot) {
    return confidenceMean[slot];
  }

  double confidenceDeviation(int slot) {
    return Math.sqrt(confidenceSquares[slot] / presentations[slot]);
  }

  float suspicion(int slot) {
    return (float) suspicion[slot] / Character.MAX_VALUE;
  }

  /**
   * @param score 0 to 1
   */
  void setSuspicion(int slot, float score) {
    suspicion[slot] = (char) Math.round(score * Character.MAX_VALUE);
  }

  ExampleRow row(int slot, int id) {
    int n = presentations[slot];
    return new ExampleRow(
        id,
        given[slot],
        trueLabel(slot),
        group(slot).labels,
        n,
        correct[slot],
        firstLearnedEpoch[slot] == NEVER ? -1 : firstLearnedEpoch[slot],
        forgettingEvents[slot],
        predictionChanges[slot],
        lastPredicted[slot] == NO_LABEL ? -1 : lastPredicted[slot],
        lastOther[slot] >= NO_LABEL ? -1 : lastOther[slot],
        meanMargin(slot),
        lossSum[slot],
        confidenceMean[slot],
        confidenceDeviation(slot),
        inputGradient(slot),
        inputGradientSquares[slot],
        suspicion(slot));
  }

  /** The slots of the examples that were presented, ascending. */
  int[] presentedSlots() {
    return IntStream.range(0, size()).filter(slot -> presentations[slot] > 0).toArray();
  }

  int[] ids() {
    return index.bySlot();
  }
}
