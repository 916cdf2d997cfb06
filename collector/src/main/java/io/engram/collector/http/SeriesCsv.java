package io.engram.collector.http;

import io.engram.collector.aggregate.SeriesPoints;
import io.engram.events.RunId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Every point of some series of a run as rows of a table: the run, the step, the epoch, and a
 * column for each series, empty where it has no point at that step. Where a run went back, a step
 * stands once for each time it was done. What was measured and is not finite is {@code NaN}, {@code
 * Infinity} or {@code -Infinity}.
 *
 * @param stepsPerEpoch 0 where it is not known: then the epoch is empty
 * @param names the columns
 * @param series those of them that the run has
 */
record SeriesCsv(RunId run, int stepsPerEpoch, List<String> names, List<SeriesPoints> series) {
  private static final double EPOCH_DIGITS = 1e4;

  /** The first row: names, with the unit of each in brackets. */
  static Buffer header(List<String> names) {
    StringBuilder row = new StringBuilder("run,step,epoch");
    for (String name : names) {
      String unit = SeriesUnits.of(name);
      row.append(',').append(quoted(name + " [" + unit + "]"));
    }
    return Buffer.buffer(row.append("\r\n").toString());
  }

  /** The rows. Cost: proportional to the points; not for an event loop. */
  Buffer encode() {
    StringBuilder rows = new StringBuilder();
    int[] at = new int[series.size()];
    for (long step = least(at); step != Long.MAX_VALUE; step = least(at)) {
      rows.append(run.value()).append(',').append(step).append(',');
      if (stepsPerEpoch > 0) {
        rows.append(Math.rint((double) step / stepsPerEpoch * EPOCH_DIGITS) / EPOCH_DIGITS);
      }
      for (String name : names) {
        rows.append(',');
        for (int s = 0; s < at.length; s++) {
          SeriesPoints one = series.get(s);
          if (one.name().equals(name) && at[s] < one.steps().length && one.steps()[at[s]] == step) {
            rows.append(one.values()[at[s]++]);
          }
        }
      }
      rows.append("\r\n");
    }
    return Buffer.buffer(rows.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The earliest step that has not been written. */
  private long least(int[] at) {
    long least = Long.MAX_VALUE;
    for (int s = 0; s < at.length; s++) {
      long[] steps = series.get(s).steps();
      least = at[s] < steps.length ? Math.min(least, steps[at[s]]) : least;
    }
    return least;
  }

  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
