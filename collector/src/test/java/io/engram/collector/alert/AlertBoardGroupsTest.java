package io.engram.collector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What fires is what the last message of each group said, whatever messages there were. */
class AlertBoardGroupsTest {
  private static final int PER_GROUP = 4;

  /** Each number is a message: its group and the subset of the group's alerts that fire. */
  @Property
  void theLastWordOfEachGroupCounts(
      @ForAll @Size(max = 30) List<@IntRange(max = 3 << PER_GROUP) Integer> messages) {
    AlertBoard board = new AlertBoard(() -> Instant.EPOCH);
    Map<Integer, Set<String>> last = new TreeMap<>();
    for (int message : messages) {
      int group = message >> PER_GROUP;
      List<Alert> firing = new ArrayList<>();
      List<Alert> resolved = new ArrayList<>();
      for (int i = 0; i < PER_GROUP; i++) {
        Alert alert = alert(group + "/" + i);
        if ((message >> i & 1) == 1) {
          firing.add(alert);
        } else if (i % 2 == 0) {
          resolved.add(alert);
        }
      }
      Set<String> now = firing.stream().map(Alert::fingerprint).collect(Collectors.toSet());
      Set<String> before = last.put(group, now);

      boolean changed = board.take(new AlertNotification("group " + group, true, firing, resolved));

      AlertsSnapshot snapshot = board.snapshot();
      Set<String> expected = new HashSet<>();
      last.values().forEach(expected::addAll);
      assertThat(snapshot.firing())
          .extracting(Alert::fingerprint)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(snapshot.ended())
          .extracting(ended -> ended.alert().fingerprint())
          .doesNotHaveDuplicates()
          .noneMatch(expected::contains);
      assertThat(changed || now.equals(before) || now.isEmpty()).isTrue();
    }
  }

  private static Alert alert(String fingerprint) {
    return new Alert(fingerprint, Instant.EPOCH, new TreeMap<>(), new TreeMap<>());
  }
}
