package io.engram.collector.aggregate;

import java.util.List;

/**
 * All runs at one moment.
 *
 * @param runs in the order of their ids
 * @param undecodable frames since the collector started that could not be read and that belong to
 *     no known run
 */
public record RunsSnapshot(List<RunSnapshot> runs, long undecodable) {
  public RunsSnapshot {
    runs = List.copyOf(runs);
  }
}
