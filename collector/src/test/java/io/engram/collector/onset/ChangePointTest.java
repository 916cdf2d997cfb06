package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.collector.aggregate.PresentedView;
import io.engram.events.ExampleRole;
import io.engram.events.RunStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every detector on a series that changes after look 30 of 60: silent before, and without the
 * change; raised soon after it.
 */
class ChangePointTest {
  private static final int CHANGE = 30;
  private static final int LOOKS = 60;
  private static final int SIZE = 400;
  private static final RunStarted.Onset SETTINGS = new RunStarted.Onset(0.01, 0.4);

  private static final Map<String, Change> CHANGES = new LinkedHashMap<>();

  static {
    put("canary_rank", 1, looks(ChangePointTest::canaries));
    put("label_noise", 4, looks((k, changed) -> List.of(training(changed ? 10 : 1))));
    put("contradiction_fall", 5, looks((k, changed) -> List.of(training(changed ? 14 : 18))));
    put("fall_and_gap", 5, looks((k, changed) -> both(changed ? 13 : 20, 21)));
    put("consensus_fall", 5, looks((k, changed) -> List.of(otherwise(changed))));
    put("arbitrary_labels", 5, looks((k, changed) -> both(18, changed ? 18 : 0)));
    put("holdout_gap", 5, looks((k, changed) -> both(13, changed ? 20 : 13)));
    put("fall_or_gap", 5, looks((k, changed) -> both(changed ? 13 : 20, 21)));
    put("holdout_fall", 2, looks((k, changed) -> List.of(holdout(changed))));
    put("holdout_cusum", 2, looks((k, changed) -> List.of(holdout(changed))));
    put(
        "noise_ceiling",
        1,
        (detector, signals, k, changed) ->
            detector.onEvaluation(OtherDetectorsTest.trained(changed ? 690 : 600, 1_000)));
    put(
        "critical_samples_rise",
        1,
        (detector, signals, k, changed) ->
            detector.onSearch(
                true, List.of(OtherDetectorsTest.validation(k, changed ? 90 : 30, 200))));
    put("label_wave", 9, new Waves());
    put(
        "presented_fall",
        2,
        (detector, signals, k, changed) -> detector.onPresented(presented(k, changed ? 14 : 18)));
  }

  /** What a detector says of the k-th thing that it is shown, before or after the change. */
  private interface Feed {
    @Nullable Reading show(OnsetDetector detector, Signals signals, int k, boolean changed);
  }

  private interface Roles {
    List<MonitoredView> at(int k, boolean changed);
  }

  /**
   * @param within looks after the change by which it must be seen
   */
  private record Change(Feed feed, int within) {}

  private static void put(String detector, int within, Feed feed) {
    CHANGES.put(detector, new Change(feed, within));
  }

  private static Feed looks(Roles roles) {
    return (detector, signals, k, changed) -> {
      LookView look = Looks.regular(k, roles.at(k, changed).toArray(MonitoredView[]::new));
      signals.onLook(look);
      return detector.onLook(look, signals);
    };
  }

  private static MonitoredView training(int percent) {
    return Looks.contradicted(ExampleRole.TRAINING, SIZE, percent, 2 * percent);
  }

  private static List<MonitoredView> both(int training, int holdout) {
    return List.of(
        training(training), Looks.contradicted(ExampleRole.HOLDOUT, SIZE, holdout, 2 * holdout));
  }

  private static MonitoredView otherwise(boolean changed) {
    return Looks.predictedOtherwise(ExampleRole.TRAINING, SIZE, changed ? 16 : 8);
  }

  private static MonitoredView holdout(boolean changed) {
    return Looks.predictedOtherwise(ExampleRole.HOLDOUT, 500, changed ? 160 : 100);
  }

  private static List<MonitoredView> canaries(int k, boolean changed) {
    int known = changed ? 40 : 0;
    long sum = 8L * known;
    sum += new SplittableRandom(k).ints(100 - known, 0, 9).sum();
    return List.of(Looks.canaries(10, 100, sum));
  }

  private static PresentedView presented(int k, int percent) {
    long[] agreeing = {100 - percent, 100, 100, 100};
    long[] contradicting = {percent, 0, 0, 0};
    return new PresentedView(25L * k, Looks.EPOCH, true, agreeing, contradicting);
  }

  /** Fewer prediction changes from epoch to epoch, then as many as before look 15. */
  private static final class Waves implements Feed {
    private int[] predicted = {};

    @Override
    public @Nullable Reading show(OnsetDetector detector, Signals signals, int k, boolean changed) {
      int[] next = k == 1 ? new int[100] : predicted.clone();
      for (int i = 0; i < (changed ? 75 : 90 - k); i++) {
        next[i] = (next[i] + 1) % 9;
      }
      predicted = next;
      LookView look =
          Looks.at(k, (long) Looks.EPOCH * k, Looks.predicted(ExampleRole.TRAINING, next));
      signals.onLook(look);
      return detector.onLook(look, signals);
    }
  }

  private static OnsetDetector detector(String name) {
    return Detectors.all(SETTINGS).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Number of the first look at which it raised, 0 if at none. */
  private static int raised(String name, boolean changes) {
    OnsetDetector detector = detector(name);
    Signals signals = new Signals();
    for (int k = 1; k <= LOOKS; k++) {
      Reading reading = CHANGES.get(name).feed.show(detector, signals, k, changes && k > CHANGE);
      if (reading != null && reading.isRaised()) {
        return k;
      }
    }
    return 0;
  }

  static Stream<String> raising() {
    return Detectors.all(SETTINGS).stream()
        .filter(detector -> detector.channel() != null)
        .map(OnsetDetector::name);
  }

  @Test
  void everyDetectorThatRaisesIsHere() {
    assertThat(raising()).containsExactlyInAnyOrderElementsOf(CHANGES.keySet());
  }

  @ParameterizedTest
  @MethodSource("raising")
  void seesTheChangeAndNothingElse(String name) {
    assertThat(raised(name, true)).isBetween(CHANGE + 1, CHANGE + CHANGES.get(name).within);
    assertThat(raised(name, false)).isZero();
  }
}
