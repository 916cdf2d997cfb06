package io.engram.trainer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
  private static final int STEPS_PER_EPOCH = 4;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          never                        |
          1 step                       | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
          7 steps                      | 0 7 14 21 28
          1 epoch                      | 0 4 8 12 16 20 24 28
          2 epochs                     | 0 8 16 24
          0.5 epochs                   | 0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30
          1.6 epochs                   | 0 6 13 19 26
          0.1 epochs                   | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
          logarithmic                  | 0 4 8 20
          3 epochs then logarithmic    | 0 4 8 12 20
          """)
  void isDue(String text, String steps) {
    Schedule schedule = Schedule.parse(text);
    String due =
        LongStream.rangeClosed(0, 30)
            .filter(step -> schedule.due(step, STEPS_PER_EPOCH))
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" "));
    assertThat(due).isEqualTo(steps == null ? "" : steps);
    assertThat(schedule).hasToString(text);
    assertThat(Schedule.parse("  " + text.toUpperCase(java.util.Locale.ROOT) + " "))
        .isEqualTo(schedule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "often",
        "1",
        "epoch",
        "0 steps",
        "0 epochs",
        "0.0 epochs",
        "-1 steps",
        "-0.5 epochs",
        "1.5 steps",
        "NaN epochs",
        "1e3 steps",
        "99999999999 steps",
        "0 epochs then logarithmic",
        "1.5 epochs then logarithmic",
        "20 steps then logarithmic",
        "logarithmic then 1 epoch",
        "1 epoch\n1 epoch"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("is '%s', must be %s", text.replace('\n', '?'), Schedule.GRAMMAR);
  }

  /** Every multiple is met at its nearest step, once, and nothing between. */
  @Property
  void periodsOfEpochsAreTheNearestSteps(
      @ForAll @DoubleRange(min = 0.01, max = 20) double count,
      @ForAll @IntRange(min = 1, max = 1_000) int stepsPerEpoch) {
    Schedule schedule = Schedule.parse("%.6f epochs".formatted(count));
    double period = schedule.count() * stepsPerEpoch;
    TreeSet<Long> expected = new TreeSet<>();
    for (long k = 0; k * period <= 3_001; k++) {
      expected.add(Math.round(k * period));
    }
    for (long step = 0; step <= 3_000; step++) {
      assertThat(schedule.due(step, stepsPerEpoch)).isEqualTo(expected.contains(step));
    }
  }

  @Property
  void logarithmicIsEveryEpochAndThenOneTwoFive(
      @ForAll @IntRange(min = 1, max = 300) int first,
      @ForAll @IntRange(min = 1, max = 7) int stepsPerEpoch,
      @ForAll @IntRange(min = 0, max = 20_000) int step) {
    int epoch = step / stepsPerEpoch;
    boolean rounded =
        LongStream.of(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
            .anyMatch(n -> n == epoch);
    assertThat(Schedule.parse(first + " epochs then logarithmic").due(step, stepsPerEpoch))
        .isEqualTo(step % stepsPerEpoch == 0 && (epoch <= first || rounded));
  }
}
