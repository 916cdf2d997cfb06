package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import io.engram.events.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest {@value #MOST} branches that a run left, each with at most 200 points of those series
 * that are looked at most.
 */
final class LeftBranches {
  static final int MOST = 16;
  static final List<String> SERIES =
      List.of(
          SeriesNames.STEP_LOSS,
          SeriesNames.GRADIENT_NORM,
          SeriesNames.examplesLearned(LabelGroup.CLEAN),
          SeriesNames.examplesLearned(LabelGroup.FLIPPED),
          SeriesNames.accuracy(Split.VALIDATION),
          SeriesNames.accuracy(Split.TRAIN));
  private static final int POINTS = 200;

  private final List<LeftBranch> branches = new ArrayList<>();

  LeftBranches() {}

  LeftBranches(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      long incarnation = in.readLong();
      long fromStep = in.readLong();
      long toStep = in.readLong();
      List<SeriesPoints> series = new ArrayList<>();
      for (int m = StateIo.readLength(in); m > 0; m--) {
        series.add(
            new SeriesPoints(
                StateIo.readString(in), StateIo.readLongs(in), StateIo.readFloats(in)));
      }
      branches.add(new LeftBranch(incarnation, fromStep, toStep, series));
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(branches.size());
    for (LeftBranch branch : branches) {
      out.writeLong(branch.incarnation());
      out.writeLong(branch.fromStep());
      out.writeLong(branch.toStep());
      out.writeInt(branch.series().size());
      for (SeriesPoints points : branch.series()) {
        StateIo.writeString(out, points.name());
        StateIo.writeLongs(out, points.steps(), points.steps().length);
        StateIo.writeFloats(out, points.values(), points.values().length);
      }
    }
  }

  /**
   * Keeps what was done from a step on, if anything was.
   *
   * @param points of the series that there are, from that step on
   */
  void add(long incarnation, long fromStep, long toStep, List<SeriesPoints> points) {
    if (toStep <= fromStep) {
      return;
    }
    branches.add(
        new LeftBranch(
            incarnation,
            fromStep,
            toStep,
            points.stream().map(series -> Thinning.thin(series, POINTS)).toList()));
    if (branches.size() > MOST) {
      branches.remove(0);
    }
  }

  List<LeftBranch> all() {
    return List.copyOf(branches);
  }
}
