package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * What became of each training example. 60 bytes an example (at most 64 where ids leave gaps or
 * came out of order), all but the id side by side:
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

  // Bits of an example's cells; no field crosses 64.
  private static final int GIVEN = 0;
  private static final int TRUE_LABEL = 16;
  private static final int FIRST_LEARNED_EPOCH = 32;
  private static final int FORGETTING_EVENTS = 48;
  private static final int PREDICTION_CHANGES = 64;
  private static final int LAST_PREDICTED = 80;
  private static final int LAST_OTHER = 96;
  private static final int SUSPICION = 112;
  private static final int PRESENTATIONS = 128;
  private static final int CORRECT = 160;
  private static final int CONFIDENCE_MEAN = 192;
  private static final int CONFIDENCE_SQUARES = 224;
  private static final int MARGIN_SUM = 256;
  private static final int LOSS_SUM = 320;
  private static final int INPUT_GRADIENT_SUM = 384;
  private static final int INPUT_GRADIENT_SQUARES = 416;

  private final IdIndex index;
  private final ExampleCells cells;
  private final ExampleGroup clean = new ExampleGroup(LabelGroup.CLEAN);
  private final ExampleGroup flipped = new ExampleGroup(LabelGroup.FLIPPED);

  ExampleDynamics() {
    index = new IdIndex();
    cells = new ExampleCells();
  }

  ExampleDynamics(DataInput in) throws IOException {
    index = new IdIndex(in);
    cells = new ExampleCells(in, index.size());
    clean.restore(in);
    flipped.restore(in);
    for (int slot : presentedSlots()) {
      group(slot)
          .confidence
          .enter(
              cells.getFloat(slot, CONFIDENCE_MEAN),
              cells.getFloat(slot, CONFIDENCE_SQUARES),
              presentations(slot));
    }
  }

  void save(DataOutput out) throws IOException {
    index.save(out);
    cells.save(out, size());
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
    return cells.getChar(slot, GIVEN);
  }

  /** Whether an example is known with these labels. */
  boolean agrees(int slot, int givenLabel, int trueLabelOrMinusOne) {
    return given(slot) == givenLabel && trueLabel(slot) == trueLabelOrMinusOne;
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
    if (end > cells.capacity()) {
      cells.resize(capacity(end, expected));
    }
    index.add(ids, cells.capacity());
    for (int slot = first; slot < end; slot++) {
      cells.setChar(slot, GIVEN, givenLabels[slot - first]);
      cells.setChar(slot, TRUE_LABEL, trueLabels[slot - first]);
      cells.setChar(slot, FIRST_LEARNED_EPOCH, NEVER);
      cells.setChar(slot, LAST_OTHER, UNKNOWN);
      group(slot).examples++;
    }
  }

  /** Doubles towards what is expected, so that nothing is left over in the end. */
  private int capacity(int needed, int expected) {
    return needed <= expected
        ? (int) Math.min(expected, Math.max(needed, 2L * cells.capacity()))
        : (int) Math.min(Integer.MAX_VALUE - 8, needed + needed / 16L);
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
    int label = given(slot);
    int n = presentations(slot) + 1;
    int last = cells.getChar(slot, LAST_PREDICTED);
    boolean wasCorrect = n > 1 && last == label;
    cells.setInt(slot, PRESENTATIONS, n);
    if (n == 1) {
      group.presented++;
    } else if (last != predicted) {
      countOneMore(slot, PREDICTION_CHANGES);
      group.predictionChanges++;
    }
    cells.setChar(slot, LAST_PREDICTED, predicted);
    int correct = correct(slot);
    Buckets shares = group.correctShare;
    if (n > 1) {
      shares.leave(shares.of((double) correct / (n - 1)));
    }
    if (predicted == label) {
      correct++;
      cells.setInt(slot, CORRECT, correct);
      if (!wasCorrect) {
        learn(slot, epoch, group);
      }
    } else {
      cells.setChar(slot, LAST_OTHER, predicted);
      if (wasCorrect) {
        forget(slot, group);
      }
    }
    shares.enter(shares.of((double) correct / n));
    addMargin(slot, n, margin, group);
    cells.setDouble(slot, LOSS_SUM, lossSum(slot) + loss);
    addConfidence(slot, n, (float) Math.exp(-loss), group);
  }

  /** Adds the norms of the gradient of an example's loss by its input, where they are known. */
  void observeInputGradient(int slot, float l1, float l2) {
    cells.setFloat(slot, INPUT_GRADIENT_SUM, cells.getFloat(slot, INPUT_GRADIENT_SUM) + l1);
    cells.setFloat(slot, INPUT_GRADIENT_SQUARES, inputGradientSquares(slot) + l2 * l2);
  }

  private void countOneMore(int slot, int field) {
    cells.setChar(slot, field, Math.min(cells.getChar(slot, field) + 1, Character.MAX_VALUE));
  }

  private void learn(int slot, int epoch, ExampleGroup group) {
    group.learned++;
    if (cells.getChar(slot, FIRST_LEARNED_EPOCH) == NEVER) {
      cells.setChar(slot, FIRST_LEARNED_EPOCH, Math.min(epoch, NEVER - 1));
      group.everLearned++;
      group.firstLearnedEpoch.enter(group.firstLearnedEpoch.of(epoch));
      group.forgetting.enter(0);
    }
  }

  private void forget(int slot, ExampleGroup group) {
    group.learned--;
    group.forgettingEvents++;
    group.forgetting.leave(group.forgetting.of(forgettingEvents(slot)));
    countOneMore(slot, FORGETTING_EVENTS);
    group.forgetting.enter(group.forgetting.of(forgettingEvents(slot)));
  }

  private void addMargin(int slot, int n, float margin, ExampleGroup group) {
    Buckets buckets = group.meanMargin;
    double before = cells.getDouble(slot, MARGIN_SUM);
    if (n > 1 && !Double.isNaN(before)) {
      buckets.leave(buckets.of(before / (n - 1)));
    }
    double after = before + margin;
    cells.setDouble(slot, MARGIN_SUM, after);
    if (!Double.isNaN(after)) {
      buckets.enter(buckets.of(after / n));
    }
  }

  private void addConfidence(int slot, int n, float confidence, ExampleGroup group) {
    float mean = cells.getFloat(slot, CONFIDENCE_MEAN);
    float squares = cells.getFloat(slot, CONFIDENCE_SQUARES);
    if (n > 1) {
      group.confidence.leave(mean, squares, n - 1);
    }
    float deviation = confidence - mean;
    mean += deviation / n;
    squares += deviation * (confidence - mean);
    cells.setFloat(slot, CONFIDENCE_MEAN, mean);
    cells.setFloat(slot, CONFIDENCE_SQUARES, squares);
    group.confidence.enter(mean, squares, n);
  }

  private ExampleGroup group(int slot) {
    return isFlipped(slot) ? flipped : clean;
  }

  /** Whether the given label is known to differ from the true one. */
  boolean isFlipped(int slot) {
    char truth = cells.getChar(slot, TRUE_LABEL);
    return truth != UNKNOWN && truth != given(slot);
  }

  private int trueLabel(int slot) {
    char truth = cells.getChar(slot, TRUE_LABEL);
    return truth == UNKNOWN ? -1 : truth;
  }

  int presentations(int slot) {
    return cells.getInt(slot, PRESENTATIONS);
  }

  int correct(int slot) {
    return cells.getInt(slot, CORRECT);
  }

  int forgettingEvents(int slot) {
    return cells.getChar(slot, FORGETTING_EVENTS);
  }

  double meanMargin(int slot) {
    return cells.getDouble(slot, MARGIN_SUM) / presentations(slot);
  }

  double lossSum(int slot) {
    return cells.getDouble(slot, LOSS_SUM);
  }

  /** Mean of the L1 norm of the input gradient over the presentations. */
  double inputGradient(int slot) {
    return (double) cells.getFloat(slot, INPUT_GRADIENT_SUM) / presentations(slot);
  }

  float inputGradientSquares(int slot) {
    return cells.getFloat(slot, INPUT_GRADIENT_SQUARES);
  }

  double confidenceMean(int slot) {
    return cells.getFloat(slot, CONFIDENCE_MEAN);
  }

  double confidenceDeviation(int slot) {
    return Math.sqrt(cells.getFloat(slot, CONFIDENCE_SQUARES) / presentations(slot));
  }

  float suspicion(int slot) {
    return (float) cells.getChar(slot, SUSPICION) / Character.MAX_VALUE;
  }

  /**
   * @param score 0 to 1
   */
  void setSuspicion(int slot, float score) {
    cells.setChar(slot, SUSPICION, Math.round(score * Character.MAX_VALUE));
  }

  ExampleRow row(int slot, int id) {
    char firstLearned = cells.getChar(slot, FIRST_LEARNED_EPOCH);
    char predicted = cells.getChar(slot, LAST_PREDICTED);
    char other = cells.getChar(slot, LAST_OTHER);
    return new ExampleRow(
        id,
        given(slot),
        trueLabel(slot),
        group(slot).labels,
        presentations(slot),
        correct(slot),
        firstLearned == NEVER ? -1 : firstLearned,
        forgettingEvents(slot),
        cells.getChar(slot, PREDICTION_CHANGES),
        predicted == NO_LABEL ? -1 : predicted,
        other >= NO_LABEL ? -1 : other,
        meanMargin(slot),
        lossSum(slot),
        cells.getFloat(slot, CONFIDENCE_MEAN),
        confidenceDeviation(slot),
        inputGradient(slot),
        inputGradientSquares(slot),
        suspicion(slot));
  }

  /** The slots of the examples that were presented, ascending. */
  int[] presentedSlots() {
    return IntStream.range(0, size()).filter(slot -> presentations(slot) > 0).toArray();
  }

  int[] ids() {
    return index.bySlot();
  }
}
