package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ranks the presented training examples for wrong labels when an epoch ends, if anything was
 * presented since, and where true labels are known says how well the ranking tells. O(n).
 */
final class MislabelRanking {
  private final Map<MislabelScore, Double> auroc = new EnumMap<>(MislabelScore.class);
  private final Map<MislabelScore, SeriesTable> series = new EnumMap<>(MislabelScore.class);

  MislabelRanking() {
    for (MislabelScore score : MislabelScore.values()) {
      series.put(score, new SeriesTable(List.of(SeriesNames.mislabelAuroc(score))));
    }
  }

  MislabelRanking(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      auroc.put(StateIo.readEnum(MislabelScore.class, in), in.readDouble());
    }
    for (MislabelScore score : MislabelScore.values()) {
      series.put(score, new SeriesTable(in));
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(auroc.size());
    for (Map.Entry<MislabelScore, Double> entry : auroc.entrySet()) {
      StateIo.writeString(out, entry.getKey().name());
      out.writeDouble(entry.getValue());
    }
    for (SeriesTable table : series.values()) {
      table.save(out);
    }
  }

  /** Ranks anew and gives each example its suspicion. */
  void rank(long step, ExampleDynamics examples, boolean withInputGradients) {
    int[] slots = examples.presentedSlots();
    boolean[] flipped = new boolean[slots.length];
    for (int i = 0; i < slots.length; i++) {
      flipped[i] = examples.isFlipped(slots[i]);
    }
    float[] combined = new float[slots.length];
    int scores = withInputGradients ? 3 : 2;
    for (MislabelScore score : MislabelScore.values()) {
      if (score == MislabelScore.COMBINED || (score == MislabelScore.CSG && !withInputGradients)) {
        continue;
      }
      float[] shares = shares(score, examples, slots);
      if (score != MislabelScore.FORGETTING) {
        for (int i = 0; i < slots.length; i++) {
          combined[i] += shares[i] / scores;
        }
      }
      tell(step, score, shares, flipped);
    }
    for (int i = 0; i < slots.length; i++) {
      examples.setSuspicion(slots[i], combined[i]);
    }
    tell(step, MislabelScore.COMBINED, Ranking.shares(combined), flipped);
  }

  private static float[] shares(MislabelScore score, ExampleDynamics examples, int[] slots) {
    float[] values = new float[slots.length];
    for (int i = 0; i < slots.length; i++) {
      values[i] = score.of(examples, slots[i]);
    }
    return Ranking.shares(values);
  }

  private void tell(long step, MislabelScore score, float[] shares, boolean[] flipped) {
    double area = Ranking.auroc(shares, flipped);
    if (!Double.isNaN(area)) {
      auroc.put(score, area);
      Objects.requireNonNull(series.get(score)).append(step, area);
    }
  }

  List<SeriesTable> series() {
    return List.copyOf(series.values());
  }

  /** The latest area of each score; empty where no presented label is known to be wrong. */
  Map<MislabelScore, Double> auroc() {
    return new EnumMap<>(auroc);
  }
}
