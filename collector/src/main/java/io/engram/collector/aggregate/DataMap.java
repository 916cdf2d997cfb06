package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sample of the training examples, the same at each look: those whose ids hash lowest. */
final class DataMap {
  private DataMap() {}

  /** At most {@code limit} points in ascending order of the hash; of these the presented ones. */
  static List<DataMapPoint> sample(ExampleDynamics examples, int limit) {
    int[] ids = examples.ids();
    long[] keys = new long[ids.length];
    for (int slot = 0; slot < ids.length; slot++) {
      keys[slot] = ((long) hash(ids[slot]) << Integer.SIZE) | slot;
    }
    Arrays.sort(keys);
    List<DataMapPoint> points = new ArrayList<>();
    for (int i = 0; i < Math.min(limit, keys.length); i++) {
      int slot = (int) keys[i];
      if (examples.presentations(slot) > 0) {
        points.add(
            new DataMapPoint(
                ids[slot],
                examples.confidenceMean(slot),
                examples.confidenceDeviation(slot),
                (double) examples.correct(slot) / examples.presentations(slot),
                examples.isFlipped(slot) ? LabelGroup.FLIPPED : LabelGroup.CLEAN));
      }
    }
    return points;
  }

  /** The finalizer of MurmurHash3, a permutation of the integers. */
  static int hash(int id) {
    int h = id;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
