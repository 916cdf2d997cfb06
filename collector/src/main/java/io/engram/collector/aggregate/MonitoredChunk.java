package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import io.engram.events.PredictionsMonitored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Monitored examples of one role that come in one event, with the exponential mean of each one's
 * probabilities. At a look d steps after the one before, the mean m becomes m e<sup>-d/τ</sup> + p
 * (1 - e<sup>-d/τ</sup>); at an example's first look it is p, and at a look of an earlier step than
 * the one before, as after a resume, it begins anew. Where not all probabilities travel, those that
 * do not count as 0. A second mean with three times the time constant says what the network has
 * held of late. 8 bytes an example and class, and 16 an example.
 */
final class MonitoredChunk {
  private static final int NOTHING = -1;
  private static final double SLOWER = 3;

  private final ExampleRole role;
  private int classes;
  private int[] ids = {};
  private int[] predicted = {};
  private int[] given = {};
  private int[] held = {};
  private float[] means = {};
  private float[] slowMeans = {};
  private long step = -1;
  private long meansFrom;
  private int ranked;
  private long rankSum;

  MonitoredChunk(ExampleRole role) {
    this.role = role;
  }

  MonitoredChunk(ExampleRole role, DataInput in) throws IOException {
    this.role = role;
    classes = in.readInt();
    ids = StateIo.readInts(in);
    predicted = StateIo.readInts(in);
    given = StateIo.readInts(in);
    means = StateIo.readFloats(in);
    slowMeans = StateIo.readFloats(in);
    step = in.readLong();
    meansFrom = in.readLong();
    ranked = in.readInt();
    rankSum = in.readLong();
    if (predicted.length != ids.length
        || given.length != ids.length
        || means.length != (long) ids.length * classes
        || slowMeans.length != means.length) {
      throw new IOException("state holds monitored examples whose parts differ in length");
    }
    held = new int[ids.length];
    for (int row = 0; row < held.length; row++) {
      held[row] = highest(means, row);
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(classes);
    StateIo.writeInts(out, ids, ids.length);
    StateIo.writeInts(out, predicted, predicted.length);
    StateIo.writeInts(out, given, given.length);
    StateIo.writeFloats(out, means, means.length);
    StateIo.writeFloats(out, slowMeans, slowMeans.length);
    out.writeLong(step);
    out.writeLong(meansFrom);
    out.writeInt(ranked);
    out.writeLong(rankSum);
  }

  /** How many examples it has. */
  int size() {
    return ids.length;
  }

  int classes() {
    return classes;
  }

  /** Whether an event is of the same examples, going by the first. */
  boolean isOf(PredictionsMonitored event) {
    return ids.length > 0 && event.ids().length > 0 && event.ids()[0] == ids[0];
  }

  /**
   * Takes its part of a look. O(examples · classes).
   *
   * @param timeConstant τ in steps
   */
  RoleLook look(
      long atStep, PredictionsMonitored event, ExamplesAggregator labels, double timeConstant) {
    if (event.classes() != classes || !Arrays.equals(event.ids(), ids)) {
      classes = event.classes();
      ids = event.ids();
      predicted = new int[ids.length];
      Arrays.fill(predicted, NOTHING);
      given = new int[ids.length];
      held = new int[ids.length];
      means = new float[ids.length * classes];
      slowMeans = new float[ids.length * classes];
      step = -1;
    }
    if (step < 0 || atStep < step) {
      Arrays.fill(means, Float.NaN);
      Arrays.fill(slowMeans, Float.NaN);
      step = atStep;
      meansFrom = atStep;
    }
    float kept = (float) Math.exp(-(atStep - step) / timeConstant);
    float keptSlowly = (float) Math.exp(-(atStep - step) / (SLOWER * timeConstant));
    step = atStep;
    ranked = 0;
    rankSum = 0;
    LookSums sums = new LookSums(role, ids.length);
    for (int row = 0; row < ids.length; row++) {
      boolean valid = isValid(event, row);
      int now = valid ? prediction(event, row) : NOTHING;
      sums.addPrediction(predicted[row], now);
      predicted[row] = now;
      if (valid) {
        mix(means, event, row, kept);
        mix(slowMeans, event, row, keptSlowly);
      }
      int label = given(labels, row);
      given[row] = label;
      held[row] = highest(means, row);
      if (label < 0) {
        sums.addUndescribed();
      } else if (!valid) {
        sums.addInvalid();
      } else {
        double rank = Double.NaN;
        if (role == ExampleRole.CANARY || role == ExampleRole.GHOST) {
          int excluded = labels.excluded(role, ids[row]);
          rank = LabelRank.of(event, row, label, excluded);
          if (!Double.isNaN(rank)) {
            ranked++;
            rankSum += LabelRank.below(event, row, label, excluded);
          }
        }
        sums.add(
            now == label,
            held[row] == label,
            confidence(event, row),
            givenProbability(event, row, label),
            rank);
      }
    }
    return sums.look(LabelRank.variance(classes));
  }

  /**
   * Writes what they have come to, those with a valid prediction and a known label, from an index
   * on.
   *
   * @return the index after the last
   */
  int write(MonitoredView view, int from) {
    int i = from;
    for (int row = 0; row < ids.length; row++) {
      int label = given[row];
      if (label >= 0 && predicted[row] != NOTHING) {
        view.given()[i] = label;
        view.predicted()[i] = predicted[row];
        view.held()[i] = held[row];
        view.confidence()[i] = means[row * classes + held[row]];
        view.standing()[i] = standing(row, label, held[row]);
        view.consensus()[i] = highest(slowMeans, row);
        i++;
      }
    }
    return i;
  }

  /** -1 where it is not known or impossible. */
  private int given(ExamplesAggregator labels, int row) {
    int label = labels.given(role, ids[row]);
    return label < classes ? label : -1;
  }

  long meansFrom() {
    return meansFrom;
  }

  int ranked() {
    return ranked;
  }

  long rankSum() {
    return rankSum;
  }

  /** The rank of a label among the classes other than the one held, by the exponential means. */
  private float standing(int row, int label, int held) {
    if (label == held || classes < 3) {
      return Float.NaN;
    }
    float own = means[row * classes + label];
    float below = 0;
    for (int c = 0; c < classes; c++) {
      if (c != label && c != held) {
        float other = means[row * classes + c];
        below += other < own ? 1 : other == own ? 0.5f : 0;
      }
    }
    return below / (classes - 2);
  }

  /** The class of highest mean, the lowest index among equals. */
  private int highest(float[] of, int row) {
    int first = row * classes;
    int best = first;
    for (int i = first + 1; i < first + classes; i++) {
      best = of[i] > of[best] ? i : best;
    }
    return best - first;
  }

  private void mix(float[] means, PredictionsMonitored event, int row, float kept) {
    int from = row * classes;
    boolean first = Float.isNaN(means[from]);
    float share = first ? 1 : 1 - kept;
    for (int c = 0; c < classes; c++) {
      means[from + c] = first ? 0 : kept * means[from + c];
    }
    int width = event.top().length == 0 ? classes : PredictionsMonitored.TOP;
    for (int k = 0; k < width; k++) {
      int i = row * width + k;
      int c = event.top().length == 0 ? k : event.top()[i];
      means[from + c] += share * event.probabilities()[i];
    }
  }

  private static boolean isValid(PredictionsMonitored event, int row) {
    boolean all = event.top().length == 0;
    int width = all ? event.classes() : PredictionsMonitored.TOP;
    for (int i = row * width; i < (row + 1) * width; i++) {
      float p = event.probabilities()[i];
      boolean inRange = all || (event.top()[i] >= 0 && event.top()[i] < event.classes());
      if (!(p >= 0 && p <= 2) || !inRange) {
        return false;
      }
    }
    return all || (event.givenProbability()[row] >= 0 && event.givenProbability()[row] <= 2);
  }

  private static int prediction(PredictionsMonitored event, int row) {
    if (event.top().length > 0) {
      return event.top()[row * PredictionsMonitored.TOP];
    }
    int classes = event.classes();
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best =
          event.probabilities()[row * classes + c] > event.probabilities()[row * classes + best]
              ? c
              : best;
    }
    return best;
  }

  private static double confidence(PredictionsMonitored event, int row) {
    return event.top().length > 0
        ? event.probabilities()[row * PredictionsMonitored.TOP]
        : event.probabilities()[row * event.classes() + prediction(event, row)];
  }

  private static double givenProbability(PredictionsMonitored event, int row, int given) {
    return event.top().length > 0
        ? event.givenProbability()[row]
        : event.probabilities()[row * event.classes() + given];
  }
}
