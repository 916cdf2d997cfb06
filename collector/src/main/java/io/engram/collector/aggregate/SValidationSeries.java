package io.engram.collector.aggregate;

import io.engram.events.EventEnvelope;
import io.engram.events.FeatureSource;
import io.engram.events.SValidationScored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The scores of one shallow classifier on the same examples and sets. */
final class SValidationSeries {
  /** Above it, every second checkpoint is given up, never the first or the last. */
  static final int MOST_CHECKPOINTS = 512;

  private final String classifier;
  private final String profile;
  private final int examples;
  private final int mostCommon;
  private final List<String> sets;
  private @Nullable SValidationScore pixels;
  private final TreeMap<Long, SValidationScore> checkpoints = new TreeMap<>();
  private long leftOut;

  SValidationSeries(SValidationScored first) {
    classifier = first.classifier();
    profile = first.profile();
    examples = first.examples();
    mostCommon = first.mostCommon();
    sets = names(first);
  }

  SValidationSeries(DataInput in) throws IOException {
    classifier = StateIo.readString(in);
    profile = StateIo.readString(in);
    examples = in.readInt();
    mostCommon = in.readInt();
    List<String> read = new ArrayList<>();
    for (int n = StateIo.readLength(in); n > 0; n--) {
      read.add(StateIo.readString(in));
    }
    sets = List.copyOf(read);
    pixels = in.readBoolean() ? new SValidationScore(in) : null;
    for (int n = StateIo.readLength(in); n > 0; n--) {
      SValidationScore score = new SValidationScore(in);
      checkpoints.put(score.step(), score);
    }
    leftOut = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeString(out, classifier);
    StateIo.writeString(out, profile);
    out.writeInt(examples);
    out.writeInt(mostCommon);
    out.writeInt(sets.size());
    for (String set : sets) {
      StateIo.writeString(out, set);
    }
    out.writeBoolean(pixels != null);
    if (pixels != null) {
      pixels.save(out);
    }
    out.writeInt(checkpoints.size());
    for (SValidationScore score : checkpoints.values()) {
      score.save(out);
    }
    out.writeLong(leftOut);
  }

  private static List<String> names(SValidationScored event) {
    return event.sets().stream().map(SValidationScored.PerturbedSet::name).toList();
  }

  boolean isOf(String otherClassifier) {
    return classifier.equals(otherClassifier);
  }

  /** Returns false, and takes nothing, if the event is of other examples or sets. */
  boolean onScored(EventEnvelope envelope, SValidationScored event) {
    if (event.examples() != examples
        || event.mostCommon() != mostCommon
        || !names(event).equals(sets)) {
      return false;
    }
    SValidationScore score = SValidationScore.of(envelope, event);
    if (event.source() == FeatureSource.PIXELS) {
      pixels = score;
    } else {
      checkpoints.put(score.step(), score);
      if (checkpoints.size() > MOST_CHECKPOINTS) {
        thin();
      }
    }
    return true;
  }

  private void thin() {
    long last = checkpoints.lastKey();
    Iterator<Long> steps = checkpoints.keySet().iterator();
    for (int i = 0; steps.hasNext(); i++) {
      if (steps.next() != last && i % 2 == 1) {
        steps.remove();
        leftOut++;
      }
    }
  }

  /** Forgets the checkpoints beyond a step: they are going to be done again. */
  void onResumed(long step) {
    checkpoints.tailMap(step, false).clear();
  }

  SValidationSeriesSnapshot snapshot() {
    return new SValidationSeriesSnapshot(
        classifier,
        profile,
        examples,
        (double) mostCommon / examples,
        sets,
        pixels,
        List.copyOf(checkpoints.values()),
        leftOut);
  }
}
