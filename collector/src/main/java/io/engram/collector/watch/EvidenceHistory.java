package io.engram.collector.watch;

import io.engram.collector.onset.OnsetListener;
import io.engram.collector.onset.Reading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence of each detector, whatever it looks at, to be drawn: where a list has grown to {@value
 * #LONGEST} points every second one is left out, the latest is always there. Where the run goes
 * back to an earlier step, what was after that step is forgotten.
 */
final class EvidenceHistory implements OnsetListener {
  static final int LONGEST = 2_000;

  private final Map<String, List<Point>> byDetector = new TreeMap<>();

  static EvidenceHistory restore(DataInput in) throws IOException {
    EvidenceHistory history = new EvidenceHistory();
    for (int n = in.readInt(); n > 0; n--) {
      List<Point> points = new ArrayList<>();
      history.byDetector.put(in.readUTF(), points);
      for (int size = in.readInt(); size > 0; size--) {
        points.add(new Point(in.readLong(), in.readDouble(), in.readDouble()));
      }
    }
    return history;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(byDetector.size());
    for (Map.Entry<String, List<Point>> detector : byDetector.entrySet()) {
      out.writeUTF(detector.getKey());
      out.writeInt(detector.getValue().size());
      for (Point point : detector.getValue()) {
        out.writeLong(point.step);
        out.writeDouble(point.evidence);
        out.writeDouble(point.threshold);
      }
    }
  }

  @Override
  public void said(String detector, Reading reading) {
    List<Point> points = byDetector.computeIfAbsent(detector, name -> new ArrayList<>());
    forgetFrom(reading.step(), points);
    if (!Double.isNaN(reading.evidence())) {
      points.add(new Point(reading.step(), reading.evidence(), reading.threshold()));
    }
    if (points.size() >= LONGEST) {
      thin(points);
    }
  }

  @Override
  public void wentBack(long step) {
    byDetector.values().forEach(points -> forgetFrom(step, points));
  }

  private static void forgetFrom(long step, List<Point> points) {
    while (!points.isEmpty() && points.get(points.size() - 1).step >= step) {
      points.remove(points.size() - 1);
    }
  }

  /** Keeps every second point, the last one among them. */
  private static void thin(List<Point> points) {
    int kept = 0;
    for (int i = (points.size() - 1) % 2; i < points.size(); i += 2) {
      points.set(kept, points.get(i));
      kept++;
    }
    points.subList(kept, points.size()).clear();
  }

  List<EvidenceSeries> series() {
    List<EvidenceSeries> all = new ArrayList<>();
    byDetector.forEach(
        (detector, points) -> {
          if (!points.isEmpty()) {
            all.add(
                new EvidenceSeries(
                    detector,
                    points.stream().mapToLong(Point::step).toArray(),
                    points.stream().mapToDouble(Point::evidence).toArray(),
                    points.stream().mapToDouble(Point::threshold).toArray()));
          }
        });
    return all;
  }

  private record Point(long step, double evidence, double threshold) {}
}
