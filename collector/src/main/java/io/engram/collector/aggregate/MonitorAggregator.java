package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the monitored predictions of the roles together to looks, and keeps what they come to. The
 * time constant of the exponential means is an epoch, and 25 steps at least.
 */
final class MonitorAggregator {

  private final Map<ExampleRole, MonitoredRole> roles = new EnumMap<>(ExampleRole.class);
  private final Map<ExampleRole, Long> changes = new EnumMap<>(ExampleRole.class);
  private final Map<ExampleRole, RoleLook> pending = new EnumMap<>(ExampleRole.class);
  private final Map<ExampleRole, RoleLook> latest = new EnumMap<>(ExampleRole.class);
  private final Map<ExampleRole, SeriesTable> series = new EnumMap<>(ExampleRole.class);
  private final SeriesTable gap;
  private double timeConstant = LookView.timeConstant(0);
  private int stepsPerEpoch;
  private long pendingStep;
  private int epoch;
  private long looks;
  private long incomplete;
  private long step;

  MonitorAggregator() {
    gap = new SeriesTable(List.of(SeriesNames.AGREEMENT_GAP));
  }

  MonitorAggregator(DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      ExampleRole role = StateIo.readEnum(ExampleRole.class, in);
      roles.put(role, new MonitoredRole(role, in));
      changes.put(role, in.readLong());
    }
    readLooks(pending, in);
    readLooks(latest, in);
    for (int n = StateIo.readLength(in); n > 0; n--) {
      series.put(StateIo.readEnum(ExampleRole.class, in), new SeriesTable(in));
    }
    gap = new SeriesTable(in);
    timeConstant = in.readDouble();
    stepsPerEpoch = in.readInt();
    epoch = in.readInt();
    pendingStep = in.readLong();
    looks = in.readLong();
    incomplete = in.readLong();
    step = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(roles.size());
    for (Map.Entry<ExampleRole, MonitoredRole> entry : roles.entrySet()) {
      StateIo.writeString(out, entry.getKey().name());
      entry.getValue().save(out);
      out.writeLong(changes.getOrDefault(entry.getKey(), 0L));
    }
    writeLooks(pending.values(), out);
    writeLooks(latest.values(), out);
    out.writeInt(series.size());
    for (Map.Entry<ExampleRole, SeriesTable> entry : series.entrySet()) {
      StateIo.writeString(out, entry.getKey().name());
      entry.getValue().save(out);
    }
    gap.save(out);
    out.writeDouble(timeConstant);
    out.writeInt(stepsPerEpoch);
    out.writeInt(epoch);
    out.writeLong(pendingStep);
    out.writeLong(looks);
    out.writeLong(incomplete);
    out.writeLong(step);
  }

  void onRunStarted(RunStarted event) {
    stepsPerEpoch = event.training().stepsPerEpoch();
    timeConstant = LookView.timeConstant(stepsPerEpoch);
  }

  /**
   * Returns false, and counts nothing, if it has fewer than two classes, or with what its role had
   * before in the look it is too large to be kept.
   */
  boolean onPredictionsMonitored(
      int atEpoch, long atStep, PredictionsMonitored event, ExamplesAggregator labels) {
    if (event.classes() < 2) {
      return false;
    }
    if (atStep != pendingStep && !pending.isEmpty()) {
      pending.clear();
      incomplete++;
    }
    pendingStep = atStep;
    MonitoredRole role = roles.computeIfAbsent(event.role(), MonitoredRole::new);
    RoleLook before = pending.get(event.role());
    boolean first = before == null || role.isFirst(event);
    RoleLook look = role.look(atStep, event, first, labels, timeConstant);
    if (look == null) {
      return false;
    }
    pending.put(event.role(), first || before == null ? look : before.and(look));
    changes.merge(event.role(), (long) look.changed(), Counts::add);
    if (event.completesLook()) {
      epoch = atEpoch;
      completeLook();
    }
    return true;
  }

  private void completeLook() {
    latest.keySet().retainAll(pending.keySet());
    latest.putAll(pending);
    for (ExampleRole role : pending.keySet()) {
      completeLook(role);
    }
    pending.clear();
    step = pendingStep;
    looks++;
    for (RoleLook look : latest.values()) {
      boolean ranks = look.role() == ExampleRole.CANARY || look.role() == ExampleRole.GHOST;
      List<Double> row =
          new ArrayList<>(
              List.of(
                  look.agreement(),
                  look.agreementOfMean(),
                  look.confidence(),
                  look.logProbability(),
                  look.changedShare()));
      if (ranks) {
        row.add(look.rank());
        row.add(look.rankZ());
      }
      series
          .computeIfAbsent(look.role(), role -> new SeriesTable(SeriesNames.monitored(role)))
          .append(step, row.stream().mapToDouble(Double::doubleValue).toArray());
    }
    double difference = snapshot().gap();
    if (!Double.isNaN(difference)) {
      gap.append(step, difference);
    }
  }

  private void completeLook(ExampleRole role) {
    MonitoredRole monitored = roles.get(role);
    if (monitored != null) {
      monitored.completeLook();
    }
  }

  long looks() {
    return looks;
  }

  /** The latest completed look, while no event of a later one was taken. */
  LookView view() {
    List<MonitoredView> views = new ArrayList<>();
    for (ExampleRole role : latest.keySet()) {
      MonitoredRole monitored = roles.get(role);
      if (monitored != null) {
        views.add(monitored.view());
      }
    }
    return new LookView(looks, epoch, step, stepsPerEpoch, timeConstant, views);
  }

  List<SeriesTable> series() {
    List<SeriesTable> tables = new ArrayList<>(series.values());
    tables.add(gap);
    return tables;
  }

  MonitorSnapshot snapshot() {
    return new MonitorSnapshot(looks, incomplete, step, List.copyOf(latest.values()), changes);
  }

  private static void writeLooks(Collection<RoleLook> written, DataOutput out) throws IOException {
    out.writeInt(written.size());
    for (RoleLook look : written) {
      StateIo.writeString(out, look.role().name());
      out.writeInt(look.examples());
      out.writeInt(look.undescribed());
      out.writeInt(look.invalid());
      out.writeInt(look.agreeing());
      out.writeInt(look.agreeingMean());
      out.writeDouble(look.confidence());
      out.writeDouble(look.logProbability());
      out.writeInt(look.compared());
      out.writeInt(look.changed());
      out.writeInt(look.ranked());
      out.writeDouble(look.rank());
      out.writeDouble(look.rankZ());
    }
  }

  private static void readLooks(Map<ExampleRole, RoleLook> target, DataInput in)
      throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      RoleLook look =
          new RoleLook(
              StateIo.readEnum(ExampleRole.class, in),
              in.readInt(),
              in.readInt(),
              in.readInt(),
              in.readInt(),
              in.readInt(),
              in.readDouble(),
              in.readDouble(),
              in.readInt(),
              in.readInt(),
              in.readInt(),
              in.readDouble(),
              in.readDouble());
      target.put(look.role(), look);
    }
  }
}
