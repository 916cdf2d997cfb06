package io.engram.collector.aggregate;

import io.engram.events.ExamplesDescribed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Labels of the examples of one role other than training. 12 bytes an example. */
final class RoleLabels {
  private static final int MOST_EXAMPLES = 1 << 20;

  private final IdIndex index;
  private int[] given = {};
  private int[] trueLabel = {};

  RoleLabels() {
    index = new IdIndex();
  }

  RoleLabels(DataInput in) throws IOException {
    index = new IdIndex(in);
    given = StateIo.readInts(in);
    trueLabel = StateIo.readInts(in);
    if (given.length != index.size() || trueLabel.length != index.size()) {
      throw new IOException("state holds labels of %d ids".formatted(index.size()));
    }
  }

  void save(DataOutput out) throws IOException {
    index.save(out);
    StateIo.writeInts(out, given, given.length);
    StateIo.writeInts(out, trueLabel, trueLabel.length);
  }

  /**
   * Adds those that are new and finds out how many of the others were described with other labels.
   * Nothing is added beyond 2<sup>20</sup> examples.
   */
  int describe(ExamplesDescribed event) {
    int redescribed = 0;
    int[] fresh =
        Arrays.stream(event.ids()).filter(id -> index.find(id) < 0).sorted().distinct().toArray();
    int first = index.size();
    boolean room = (long) first + fresh.length <= MOST_EXAMPLES;
    if (room) {
      index.add(fresh, first + fresh.length);
      given = Arrays.copyOf(given, index.size());
      trueLabel = Arrays.copyOf(trueLabel, index.size());
      Arrays.fill(given, first, index.size(), Integer.MIN_VALUE);
    }
    for (int i = 0; i < event.ids().length; i++) {
      int slot = index.find(event.ids()[i]);
      if (slot < 0) {
        continue;
      }
      if (given[slot] == Integer.MIN_VALUE) {
        given[slot] = event.givenLabels()[i];
        trueLabel[slot] = event.trueLabels()[i];
      } else if (given[slot] != event.givenLabels()[i]
          || trueLabel[slot] != event.trueLabels()[i]) {
        redescribed++;
      }
    }
    return redescribed;
  }

  /** The slot of an id, or -1 if it was not described. */
  int find(int id) {
    return index.find(id);
  }

  int given(int slot) {
    return given[slot];
  }

  int trueLabel(int slot) {
    return trueLabel[slot];
  }

  int size() {
    return index.size();
  }
}
