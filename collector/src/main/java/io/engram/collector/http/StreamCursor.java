package io.engram.collector.http;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.SeriesPoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far the series of one run have been told to the event stream. */
final class StreamCursor {
  /** Where a frame has more steps to tell of than this, it shows them thinned. */
  private static final int MAX_POINTS = 64;

  private final Map<String, Long> toldUpTo = new HashMap<>();
  private long incarnation = -1;
  private long start;

  /**
   * The points that came since the last call, thinned where they are many. The first call, and the
   * first of an incarnation, tells from where that began.
   */
  Map<String, Points> advance(RunAggregate run, RunSnapshot now) {
    if (now.incarnation() != incarnation) {
      incarnation = now.incarnation();
      start = now.header() == null ? -1 : Math.max(-1, now.header().resumedFromStep() - 1);
      toldUpTo.clear();
    }
    Map<Long, List<String>> namesByTold = new HashMap<>();
    for (String name : run.seriesNames()) {
      long told = toldUpTo.getOrDefault(name, start);
      // Points beyond the run's step are those of an incarnation that went further.
      if (told < now.step()) {
        namesByTold.computeIfAbsent(told, first -> new ArrayList<>()).add(name);
      }
    }
    Map<String, Points> news = new TreeMap<>();
    namesByTold.forEach(
        (told, names) -> {
          for (SeriesPoints points : run.series(names, told + 1, now.step(), MAX_POINTS)) {
            int count = points.steps().length;
            if (count > 0) {
              toldUpTo.put(points.name(), points.steps()[count - 1]);
              news.put(points.name(), new Points(points.steps(), points.values()));
            }
          }
        });
    return news;
  }

  record Points(long[] steps, float[] values) {
    static final Points NONE = new Points(new long[0], new float[0]);
  }
}
