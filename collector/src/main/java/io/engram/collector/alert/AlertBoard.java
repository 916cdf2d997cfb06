package io.engram.collector.alert;

import io.engram.collector.alert.EndedAlert.End;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The alerts that Alertmanager tells of: those that fire, and those that ended in the last hour.
 *
 * <p>A message tells all of its group, so that what it leaves out is not told any more:
 * Alertmanager says nothing of an alert that becomes silenced or inhibited. An alert that is not
 * repeated for an hour counts as unheard of.
 *
 * <p>Bounded: beyond {@value #MOST_FIRING} that fire, the one that was told least lately is
 * forgotten and counted; of those that ended the last {@value #MOST_ENDED} stay. Single writer.
 * Cost of a message: O(alerts held).
 */
public final class AlertBoard {
  /** The most alerts that are held as firing. */
  public static final int MOST_FIRING = 500;

  /** The most alerts that are held as ended. */
  public static final int MOST_ENDED = 100;

  /** How long an alert that ended is shown, and one that fires is believed without a word. */
  public static final Duration MEMORY = Duration.ofHours(1);

  private static final List<String> GRAVEST_FIRST = List.of("critical", "warning", "info");
  private static final Comparator<Alert> ORDER =
      Comparator.<Alert>comparingInt(alert -> rank(alert.severity()))
          .thenComparing(Alert::startsAt)
          .thenComparing(Alert::fingerprint);

  private final InstantSource clock;

  /** By fingerprint, the one that was told least lately first. */
  private final Map<String, Held> firing = new LinkedHashMap<>();

  /** The latest first. */
  private final Deque<EndedAlert> ended = new ArrayDeque<>();

  private long leftOut;

  public AlertBoard(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Takes a message.
   *
   * @return whether anything is different now, but for the time at which it was told
   */
  public boolean take(AlertNotification told) {
    Instant now = clock.instant();
    boolean changed = false;
    Set<String> present = new HashSet<>();
    for (Alert alert : told.firing()) {
      present.add(alert.fingerprint());
      Held before = firing.remove(alert.fingerprint());
      firing.put(alert.fingerprint(), new Held(alert, told.group(), now));
      changed |= before == null || !before.alert.equals(alert);
      changed |= ended.removeIf(one -> one.alert().isSameOccurrence(alert));
    }
    for (Alert alert : told.resolved()) {
      boolean fired = firing.remove(alert.fingerprint()) != null;
      boolean known = ended.stream().anyMatch(one -> isResolved(one, alert));
      if (fired || !known) {
        end(alert, End.RESOLVED, now);
        changed = true;
      }
    }
    if (told.complete()) {
      changed |=
          endThose(
              held -> held.group.equals(told.group()) && !present.contains(held.fingerprint()),
              End.SILENCED,
              now);
    }
    return changed | bound();
  }

  /**
   * Forgets what is too old; to be called now and then.
   *
   * @return whether anything is different now
   */
  public boolean sweep() {
    Instant now = clock.instant();
    Instant oldest = now.minus(MEMORY);
    boolean changed = ended.removeIf(one -> one.endedAt().isBefore(oldest));
    changed |= endThose(held -> held.toldAt.isBefore(oldest), End.UNHEARD, now);
    return changed | bound();
  }

  public AlertsSnapshot snapshot() {
    List<Alert> sorted = new ArrayList<>();
    firing.values().forEach(held -> sorted.add(held.alert));
    sorted.sort(ORDER);
    return new AlertsSnapshot(sorted, List.copyOf(ended), leftOut);
  }

  private static int rank(String severity) {
    int rank = GRAVEST_FIRST.indexOf(severity);
    return rank < 0 ? GRAVEST_FIRST.size() : rank;
  }

  private static boolean isResolved(EndedAlert one, Alert alert) {
    return one.end() == End.RESOLVED && one.alert().isSameOccurrence(alert);
  }

  private boolean endThose(Predicate<Held> which, End end, Instant now) {
    boolean changed = false;
    for (Iterator<Held> each = firing.values().iterator(); each.hasNext(); ) {
      Held held = each.next();
      if (which.test(held)) {
        each.remove();
        end(held.alert, end, now);
        changed = true;
      }
    }
    return changed;
  }

  private void end(Alert alert, End end, Instant now) {
    ended.removeIf(one -> one.alert().isSameOccurrence(alert));
    ended.addFirst(new EndedAlert(alert, end, now));
  }

  private boolean bound() {
    boolean changed = false;
    while (ended.size() > MOST_ENDED) {
      ended.removeLast();
      changed = true;
    }
    Iterator<Held> eldest = firing.values().iterator();
    while (firing.size() > MOST_FIRING) {
      eldest.next();
      eldest.remove();
      leftOut++;
      changed = true;
    }
    return changed;
  }

  private record Held(Alert alert, String group, Instant toldAt) {
    String fingerprint() {
      return alert.fingerprint();
    }
  }
}
