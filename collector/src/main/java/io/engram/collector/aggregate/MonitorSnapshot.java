package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at a fixed set of examples in evaluation mode.
 *
 * @param looks completed looks so far
 * @param incomplete looks of which the last event never came; they are in no other figure here
 * @param step updates completed before the latest completed look
 * @param roles what that look showed, one for each role that it has
 * @param changes prediction changes from look to look, over all looks, by role
 */
public record MonitorSnapshot(
    long looks, long incomplete, long step, List<RoleLook> roles, Map<ExampleRole, Long> changes) {
  public MonitorSnapshot {
    roles = List.copyOf(roles);
    Map<ExampleRole, Long> copy = new EnumMap<>(ExampleRole.class);
    copy.putAll(changes);
    changes = Collections.unmodifiableMap(copy);
  }

  /** Agreement of the training examples less that of the hold-out; NaN without either. */
  public double gap() {
    return agreement(ExampleRole.TRAINING) - agreement(ExampleRole.HOLDOUT);
  }

  private double agreement(ExampleRole role) {
    return roles.stream()
        .filter(look -> look.role() == role)
        .mapToDouble(RoleLook::agreement)
        .findFirst()
        .orElse(Double.NaN);
  }
}
