package io.engram.collector.alert;

import java.util.List;
import java.util.function.Predicate;

/**
 * The alerts at one moment.
 *
 * @param firing those that fire, the gravest first, then the oldest
 * @param ended those that ended lately, the latest first
 * @param leftOut firing alerts that were forgotten since the start for want of room
 */
public record AlertsSnapshot(List<Alert> firing, List<EndedAlert> ended, long leftOut) {
  public AlertsSnapshot {
    firing = List.copyOf(firing);
    ended = List.copyOf(ended);
  }

  /** The alerts that are about a run. */
  public AlertsSnapshot of(String run) {
    Predicate<Alert> about = alert -> alert.run().equals(run);
    return new AlertsSnapshot(
        firing.stream().filter(about).toList(),
        ended.stream().filter(one -> about.test(one.alert())).toList(),
        leftOut);
  }
}
