package io.engram.collector.aggregate;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the latest evaluation of each split, and its loss and accuracy over the epochs. */
final class EvaluationsAggregator {
  private final Map<Split, SplitSnapshot> latest = new EnumMap<>(Split.class);
  private final Map<String, SeriesTable> series = new TreeMap<>();
  private long count;

  EvaluationsAggregator() {}

  EvaluationsAggregator(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      SplitSnapshot snapshot = readSplit(in);
      latest.put(snapshot.split(), snapshot);
    }
    for (int n = StateIo.readLength(in); n > 0; n--) {
      SeriesTable table = new SeriesTable(in);
      series.put(table.names().get(0), table);
    }
    count = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(latest.size());
    for (SplitSnapshot snapshot : latest.values()) {
      writeSplit(snapshot, out);
    }
    out.writeInt(series.size());
    for (SeriesTable table : series.values()) {
      table.save(out);
    }
    out.writeLong(count);
  }

  /** Replaces the splits that the event speaks of, with all of their groups. */
  void onEpochCompleted(int epoch, long step, EpochCompleted event) {
    count++;
    Map<Split, Map<LabelGroup, Evaluation>> bySplit = new EnumMap<>(Split.class);
    for (Evaluation evaluation : event.evaluations()) {
      bySplit
          .computeIfAbsent(evaluation.split(), split -> new EnumMap<>(LabelGroup.class))
          .put(evaluation.labels(), evaluation);
    }
    bySplit.forEach(
        (split, groups) -> {
          List<Evaluation> evaluations = List.copyOf(groups.values());
          SplitSnapshot snapshot = new SplitSnapshot(split, epoch, step, evaluations);
          latest.put(split, snapshot);
          append(step, snapshot);
        });
  }

  private void append(long step, SplitSnapshot snapshot) {
    Split split = snapshot.split();
    append(step, SeriesNames.loss(split), snapshot.loss());
    append(step, SeriesNames.accuracy(split), snapshot.accuracy());
    if (snapshot.groups().stream().anyMatch(group -> group.labels() == LabelGroup.FLIPPED)) {
      for (Evaluation group : snapshot.groups()) {
        double examples = group.examples();
        append(step, SeriesNames.loss(split, group.labels()), group.lossSum() / examples);
        append(step, SeriesNames.accuracy(split, group.labels()), group.correct() / examples);
      }
    }
  }

  private void append(long step, String name, double value) {
    series.computeIfAbsent(name, key -> new SeriesTable(List.of(key))).append(step, value);
  }

  /** Evaluations taken, epoch 0 included. */
  long count() {
    return count;
  }

  List<SeriesTable> series() {
    return new ArrayList<>(series.values());
  }

  List<SplitSnapshot> snapshot() {
    return new ArrayList<>(latest.values());
  }

  private static void writeSplit(SplitSnapshot snapshot, DataOutput out) throws IOException {
    StateIo.writeString(out, snapshot.split().name());
    out.writeInt(snapshot.epoch());
    out.writeLong(snapshot.step());
    out.writeInt(snapshot.groups().size());
    for (Evaluation group : snapshot.groups()) {
      StateIo.writeString(out, group.labels().name());
      out.writeLong(group.examples());
      out.writeLong(group.correct());
      out.writeDouble(group.lossSum());
    }
  }

  private static SplitSnapshot readSplit(DataInput in) throws IOException {
    Split split = StateIo.readEnum(Split.class, in);
    int epoch = in.readInt();
    long step = in.readLong();
    List<Evaluation> groups = new ArrayList<>();
    for (int n = StateIo.readLength(in); n > 0; n--) {
      LabelGroup labels = StateIo.readEnum(LabelGroup.class, in);
      groups.add(new Evaluation(split, labels, in.readLong(), in.readLong(), in.readDouble()));
    }
    return new SplitSnapshot(split, epoch, step, groups);
  }
}
