package io.engram.collector.aggregate;

import io.engram.events.LossSensitivityMeasured;
import io.engram.events.SensitivityKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the loss-sensitivity of each kind that probes measure; the direct one is a by-product. */
final class SensitivityAggregator {
  private final Map<SensitivityKind, Sensitivity> kinds = new EnumMap<>(SensitivityKind.class);

  SensitivityAggregator() {}

  SensitivityAggregator(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      SensitivityKind kind = StateIo.readEnum(SensitivityKind.class, in);
      kinds.put(kind, new Sensitivity(kind, in));
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(kinds.size());
    for (Map.Entry<SensitivityKind, Sensitivity> entry : kinds.entrySet()) {
      StateIo.writeString(out, entry.getKey().name());
      entry.getValue().save(out);
    }
  }

  /** Returns false, and counts nothing, if the measurement is too large to be kept. */
  boolean onMeasured(long step, LossSensitivityMeasured event) {
    return kinds.computeIfAbsent(event.kind(), Sensitivity::new).onMeasured(step, event);
  }

  List<SeriesTable> series() {
    return kinds.values().stream().map(Sensitivity::series).toList();
  }

  /** The kinds that were measured and then, where it is known, the direct one. */
  List<SensitivitySnapshot> snapshot(SensitivitySnapshot direct) {
    List<SensitivitySnapshot> snapshots = new ArrayList<>();
    kinds.values().forEach(kind -> snapshots.add(kind.snapshot()));
    snapshots.add(direct);
    snapshots.removeIf(kind -> kind.measurements() == 0 && kind.values().count() == 0);
    return snapshots;
  }
}
