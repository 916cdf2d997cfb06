package io.engram.collector.alert;

import java.util.List;

/**
 * One message of Alertmanager: the state of a group of alerts.
 *
 * @param group what the group is known by
 * @param complete whether all alerts of the group that fire, and are neither silenced nor
 *     inhibited, are told
 * @param firing those that fire
 * @param resolved those that have ceased to since the message before
 */
public record AlertNotification(
    String group, boolean complete, List<Alert> firing, List<Alert> resolved) {
  public AlertNotification {
    firing = List.copyOf(firing);
    resolved = List.copyOf(resolved);
  }
}
