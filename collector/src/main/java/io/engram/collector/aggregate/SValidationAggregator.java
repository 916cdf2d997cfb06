package io.engram.collector.aggregate;

import io.engram.events.EventEnvelope;
import io.engram.events.FeatureSource;
import io.engram.events.SValidationScored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the scores of shallow classifiers, each classifier's apart, with at most {@value
 * SValidationSeries#MOST_CHECKPOINTS} checkpoints each.
 */
final class SValidationAggregator {
  static final int MOST_SERIES = 8;
  static final int MOST_SETS = 16;
  private static final int LONGEST_SET_NAME = 64;
  private static final int LONGEST_NAME = 256;

  private final List<SValidationSeries> series = new ArrayList<>();
  private long scores;
  private long checkpoints;
  private double seconds;
  private @Nullable SValidationSnapshot snapshot;

  SValidationAggregator() {}

  SValidationAggregator(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      series.add(new SValidationSeries(in));
    }
    scores = in.readLong();
    checkpoints = in.readLong();
    seconds = in.readDouble();
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(series.size());
    for (SValidationSeries one : series) {
      one.save(out);
    }
    out.writeLong(scores);
    out.writeLong(checkpoints);
    out.writeDouble(seconds);
  }

  /**
   * Takes the place of an earlier score of the same classifier and step, or on the pixels. Returns
   * false, and takes nothing, if the same classifier scored other examples or sets before, and if
   * it is the 9th classifier, has more than 16 sets or a name of more than 64 characters for one,
   * or names itself or its profile with more than 256.
   */
  boolean onScored(EventEnvelope envelope, SValidationScored event) {
    SValidationSeries known =
        series.stream().filter(s -> s.isOf(event.classifier())).findFirst().orElse(null);
    if (known == null && (series.size() == MOST_SERIES || !isBounded(event))) {
      return false;
    }
    SValidationSeries target = known == null ? new SValidationSeries(event) : known;
    if (event.profile().length() > LONGEST_NAME || !target.onScored(envelope, event)) {
      return false;
    }
    if (known == null) {
      series.add(target);
    }
    scores++;
    checkpoints += event.source() == FeatureSource.NETWORK ? 1 : 0;
    double took = event.durationSeconds();
    seconds += took > 0 && took < Double.POSITIVE_INFINITY ? took : 0;
    snapshot = null;
    return true;
  }

  private static boolean isBounded(SValidationScored event) {
    return event.sets().size() <= MOST_SETS
        && event.classifier().length() <= LONGEST_NAME
        && event.sets().stream().allMatch(set -> set.name().length() <= LONGEST_SET_NAME);
  }

  /**
   * @param step from which the run goes on; negative if it begins
   */
  void onRunStarted(long step) {
    if (step >= 0) {
      series.forEach(one -> one.onResumed(step));
      snapshot = null;
    }
  }

  SValidationSnapshot snapshot() {
    if (snapshot == null) {
      snapshot =
          new SValidationSnapshot(
              scores,
              checkpoints,
              seconds,
              series.stream().map(SValidationSeries::snapshot).toList());
    }
    return Objects.requireNonNull(snapshot);
  }
}
