package io.engram.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
  private static final String LONGEST = "a".repeat(63);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "mnist-mlp", "a--b", "1-2", "4vs9"})
  void dnsLabelsAreRunIds(String value) {
    assertThat(new RunId(value)).hasToString(value);
  }

  @Test
  void theLongestHas63Characters() {
    assertThat(new RunId(LONGEST).value()).isEqualTo(LONGEST);
    assertThatIllegalArgumentException().isThrownBy(() -> new RunId(LONGEST + "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "-a", "a-", "A", "a_b", "a.b", "a b", "ä", "a\n", "a/b", "\"", "..", "١"})
  void othersAreRefusedInOneLineThatSaysWhatWouldBeRight(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunId(value))
        .withMessage(
            "run id '%s' is not a DNS label: use 1 to 63 of a-z, 0-9 and inner '-'",
            value.replace('\n', '?'));
  }

  @Test
  void whatIsShownOfAnImpossibleNameIsBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunId("a".repeat(1_000_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void orderIsThatOfTheNames() {
    assertThat(new RunId("a")).isLessThan(new RunId("b")).isEqualByComparingTo(new RunId("a"));
  }
}
