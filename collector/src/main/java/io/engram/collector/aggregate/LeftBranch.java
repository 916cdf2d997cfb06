package io.engram.collector.aggregate;

import java.util.List;

/**
 * Steps that were done after a checkpoint and left when the run was resumed from it.
 *
 * @param incarnation that did them last
 * @param fromStep the first of them
 * @param toStep the step after the last of them
 * @param series what they showed, thinned
 */
public record LeftBranch(long incarnation, long fromStep, long toStep, List<SeriesPoints> series) {
  public LeftBranch {
    series = List.copyOf(series);
  }
}
