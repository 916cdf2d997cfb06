package io.engram.collector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.alert.EndedAlert.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AlertBoardTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private Instant now = START;
  private final AlertBoard board = new AlertBoard(() -> now);

  private static Alert alert(String name, String severity, String run, Instant since) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("alertname", name);
    labels.put("severity", severity);
    labels.put("run", run);
    return new Alert(name + "/" + run, since, labels, new TreeMap<>());
  }

  private static Alert warning() {
    return alert("MemorizationWarning", "warning", "a", START);
  }

  private static Alert onset() {
    return alert("MemorizationOnset", "critical", "a", START.plusSeconds(9));
  }

  private boolean firing(String group, Alert... alerts) {
    return board.take(new AlertNotification(group, true, List.of(alerts), List.of()));
  }

  private boolean resolved(String group, Alert... alerts) {
    return board.take(new AlertNotification(group, true, List.of(), List.of(alerts)));
  }

  private List<String> ended() {
    return board.snapshot().ended().stream()
        .map(one -> one.alert().name() + " " + one.end().label())
        .toList();
  }

  @Test
  void firesUntilItIsResolved() {
    assertThat(firing("a", onset())).isTrue();
    assertThat(firing("a", onset())).as("a repetition is no news").isFalse();
    assertThat(board.snapshot().firing()).containsExactly(onset());

    now = now.plusSeconds(60);
    assertThat(resolved("a", onset())).isTrue();
    assertThat(resolved("a", onset())).isFalse();
    assertThat(board.snapshot().firing()).isEmpty();
    assertThat(board.snapshot().ended())
        .containsExactly(new EndedAlert(onset(), End.RESOLVED, START.plusSeconds(60)));
  }

  @Test
  void whatItsGroupLeavesOutIsSilencedAndMayComeBack() {
    firing("a", warning());
    firing("b", alert("MemorizationWarning", "warning", "b", START));

    firing("a", onset());

    assertThat(board.snapshot().firing())
        .extracting(Alert::fingerprint)
        .containsExactly("MemorizationOnset/a", "MemorizationWarning/b");
    assertThat(ended()).containsExactly("MemorizationWarning silenced");

    firing("a", onset(), warning());
    assertThat(ended()).isEmpty();
    board.take(new AlertNotification("a", true, List.of(), List.of(onset(), warning())));
    assertThat(ended())
        .containsExactly("MemorizationWarning resolved", "MemorizationOnset resolved");
  }

  @Test
  void anIncompleteMessageLeavesOutNothing() {
    firing("a", warning());

    board.take(new AlertNotification("a", false, List.of(onset()), List.of()));

    assertThat(board.snapshot().firing()).containsExactly(onset(), warning());
  }

  @Test
  void aNewOccurrenceStandsBesideTheOldOne() {
    firing("a", onset());
    resolved("a", onset());
    Alert again = alert("MemorizationOnset", "critical", "a", START.plusSeconds(600));

    assertThat(firing("a", again)).isTrue();

    assertThat(board.snapshot().firing()).containsExactly(again);
    assertThat(ended()).containsExactly("MemorizationOnset resolved");
  }

  @Test
  void theGravestAndThenTheOldestIsFirst() {
    Alert other = alert("Other", "odd", "a", START.minusSeconds(5));
    Alert late = alert("Late", "critical", "a", START.plusSeconds(99));
    firing("a", other, warning(), late, onset());

    assertThat(board.snapshot().firing()).containsExactly(onset(), late, warning(), other);
  }

  @Test
  void whatIsNotRepeatedIsUnheardOfAndWhatEndedIsForgotten() {
    firing("a", onset());
    firing("b", alert("MemorizationWarning", "warning", "b", START));
    now = START.plus(Duration.ofMinutes(50));
    firing("b", alert("MemorizationWarning", "warning", "b", START));
    now = START.plus(AlertBoard.MEMORY);
    assertThat(board.sweep()).isFalse();

    now = START.plus(AlertBoard.MEMORY).plusMillis(1);
    assertThat(board.sweep()).isTrue();
    assertThat(board.snapshot().firing()).extracting(Alert::run).containsExactly("b");
    assertThat(ended()).containsExactly("MemorizationOnset unheard");

    now = now.plus(AlertBoard.MEMORY).plusMillis(1);
    assertThat(board.sweep()).isTrue();
    assertThat(ended()).containsExactly("MemorizationWarning unheard");
  }

  @Test
  void holdsNoMoreThanItsBounds() {
    Alert[] many =
        IntStream.range(0, AlertBoard.MOST_FIRING + 7)
            .mapToObj(i -> alert("Alert" + i, "info", "a", START.plusSeconds(i)))
            .toArray(Alert[]::new);
    firing("a", many);

    assertThat(board.snapshot().firing())
        .hasSize(AlertBoard.MOST_FIRING)
        .doesNotContain(many[6])
        .contains(many[7]);
    assertThat(board.snapshot().leftOut()).isEqualTo(7);

    resolved("a", many);
    assertThat(board.snapshot().firing()).isEmpty();
    assertThat(board.snapshot().ended())
        .hasSize(AlertBoard.MOST_ENDED)
        .first()
        .extracting(EndedAlert::alert)
        .isEqualTo(many[many.length - 1]);
  }

  @Test
  void tellsThoseOfOneRun() {
    firing("a", onset());
    firing("b", alert("MemorizationWarning", "warning", "b", START));
    resolved("b", alert("MemorizationWarning", "warning", "b", START));

    AlertsSnapshot a = board.snapshot().of("a");
    assertThat(a.firing()).containsExactly(onset());
    assertThat(a.ended()).isEmpty();
    assertThat(board.snapshot().of("b").firing()).isEmpty();
    assertThat(board.snapshot().of("b").ended()).hasSize(1);
  }
}
