package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Work that was done and left, because the run was taken back to a checkpoint. */
final class Redone {
  private long steps;
  private long examples;
  private long correct;
  private long stepsAgain;

  Redone() {}

  Redone(DataInput in) throws IOException {
    steps = in.readLong();
    examples = in.readLong();
    correct = in.readLong();
    stepsAgain = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(steps);
    out.writeLong(examples);
    out.writeLong(correct);
    out.writeLong(stepsAgain);
  }

  /** The run was taken back: what it had done since is no longer in its progress. */
  void onLeft(ProgressAggregator left, ProgressAggregator checkpoint) {
    steps += left.steps() - checkpoint.steps();
    examples += left.examples() - checkpoint.examples();
    correct += left.correct() - checkpoint.correct();
    stepsAgain += left.steps() - checkpoint.steps();
  }

  /** The run goes back, and what it had done since stays in its progress. */
  void onKept(long again) {
    stepsAgain += Math.max(0, again);
  }

  long steps() {
    return steps;
  }

  long examples() {
    return examples;
  }

  long correct() {
    return correct;
  }

  /** Steps that are done again, in whatever way they are counted. */
  long stepsAgain() {
    return stepsAgain;
  }
}
