package io.engram.collector.aggregate;

import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up what the probes have done over incarnations; within one the trainer's figures are totals
 * already. At most {@value #MOST_PROBES} probes are told apart, further ones are called {@code
 * other}, and so is a probe whose name is longer than {@value #LONGEST_NAME} characters.
 */
final class ProbesAggregator {
  private static final int MOST_PROBES = 32;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PROBLEM = 500;
  private static final String OTHER = "other";
  private static final Totals NOTHING = new Totals(0, 0, 0, 0);

  private final TreeMap<String, Totals> before = new TreeMap<>();
  private final TreeMap<String, Totals> now = new TreeMap<>();
  private final TreeMap<String, String> problems = new TreeMap<>();

  ProbesAggregator() {}

  ProbesAggregator(DataInput in) throws IOException {
    read(before, in);
    read(now, in);
    for (int n = StateIo.readLength(in); n > 0; n--) {
      problems.put(StateIo.readString(in), StateIo.readString(in));
    }
  }

  void save(DataOutput out) throws IOException {
    write(before, out);
    write(now, out);
    out.writeInt(problems.size());
    for (Map.Entry<String, String> entry : problems.entrySet()) {
      StateIo.writeString(out, entry.getKey());
      StateIo.writeString(out, entry.getValue());
    }
  }

  void onNewIncarnation() {
    before.putAll(totals());
    now.clear();
  }

  void onProbeFailed(ProbeFailed event) {
    String problem = event.problem();
    problems.put(
        bounded(event.probe()), problem.substring(0, Math.min(LONGEST_PROBLEM, problem.length())));
  }

  void onProbesReported(ProbesReported event) {
    Map<String, Totals> reported = new TreeMap<>();
    for (ProbesReported.Probe probe : event.probes()) {
      reported.merge(bounded(probe.probe()), Totals.of(probe), Totals::plus);
      now.putIfAbsent(bounded(probe.probe()), NOTHING);
    }
    reported.forEach((name, totals) -> now.merge(name, totals, Totals::atLeast));
  }

  private String bounded(String name) {
    boolean known = before.containsKey(name) || now.containsKey(name) || problems.containsKey(name);
    return known || (name.length() <= LONGEST_NAME && snapshot().size() < MOST_PROBES)
        ? name
        : OTHER;
  }

  private Map<String, Totals> totals() {
    Map<String, Totals> totals = new TreeMap<>(before);
    now.forEach((name, t) -> totals.merge(name, t, Totals::plus));
    return totals;
  }

  /** In the order of their names. */
  List<ProbeSnapshot> snapshot() {
    Map<String, Totals> totals = totals();
    problems.keySet().forEach(name -> totals.putIfAbsent(name, NOTHING));
    List<ProbeSnapshot> probes = new ArrayList<>();
    totals.forEach(
        (name, t) ->
            probes.add(
                new ProbeSnapshot(
                    name,
                    t.measured,
                    t.failed,
                    t.skipped,
                    t.seconds,
                    problems.getOrDefault(name, ""))));
    return probes;
  }

  private static void write(Map<String, Totals> totals, DataOutput out) throws IOException {
    out.writeInt(totals.size());
    for (Map.Entry<String, Totals> entry : totals.entrySet()) {
      StateIo.writeString(out, entry.getKey());
      out.writeLong(entry.getValue().measured);
      out.writeLong(entry.getValue().failed);
      out.writeLong(entry.getValue().skipped);
      out.writeDouble(entry.getValue().seconds);
    }
  }

  private static void read(Map<String, Totals> totals, DataInput in) throws IOException {
    for (int n = StateIo.readLength(in); n > 0; n--) {
      totals.put(
          StateIo.readString(in),
          new Totals(in.readLong(), in.readLong(), in.readLong(), in.readDouble()));
    }
  }

  private record Totals(long measured, long failed, long skipped, double seconds) {
    static Totals of(ProbesReported.Probe probe) {
      double seconds = probe.seconds();
      return new Totals(
          Math.max(0, probe.measured()),
          Math.max(0, probe.failed()),
          Math.max(0, probe.skipped()),
          seconds > 0 && seconds < Double.POSITIVE_INFINITY ? seconds : 0);
    }

    Totals plus(Totals other) {
      return new Totals(
          Counts.add(measured, other.measured),
          Counts.add(failed, other.failed),
          Counts.add(skipped, other.skipped),
          seconds + other.seconds);
    }

    Totals atLeast(Totals other) {
      return new Totals(
          Math.max(measured, other.measured),
          Math.max(failed, other.failed),
          Math.max(skipped, other.skipped),
          Math.max(seconds, other.seconds));
    }
  }
}
