package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The latest {@value #MOST} branches that a run left, each with at most 200 points. */
final class LeftBranches {
  static final int MOST = 16;
  private static final int POINTS = 200;

  private final List<LeftBranch> branches = new ArrayList<>();

  LeftBranches() {}

  LeftBranches(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      branches.add(
          new LeftBranch(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              StateIo.readLongs(in),
              StateIo.readFloats(in)));
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(branches.size());
    for (LeftBranch branch : branches) {
      out.writeLong(branch.incarnation());
      out.writeLong(branch.fromStep());
      out.writeLong(branch.toStep());
      StateIo.writeLongs(out, branch.steps(), branch.steps().length);
      StateIo.writeFloats(out, branch.losses(), branch.losses().length);
    }
  }

  /** Keeps what was done from a step on, if anything was. */
  void add(long incarnation, long fromStep, ProgressAggregator left) {
    if (left.nextStep() <= fromStep || left.series().isEmpty()) {
      return;
    }
    SeriesPoints loss =
        Thinning.thin(
            left.series().points(SeriesNames.STEP_LOSS, fromStep, Long.MAX_VALUE), POINTS);
    branches.add(
        new LeftBranch(incarnation, fromStep, left.nextStep(), loss.steps(), loss.values()));
    if (branches.size() > MOST) {
      branches.remove(0);
    }
  }

  List<LeftBranch> all() {
    return List.copyOf(branches);
  }
}
