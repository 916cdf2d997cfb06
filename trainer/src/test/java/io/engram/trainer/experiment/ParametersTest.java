package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final List<Parameter> DECLARED =
      List.of(
          Parameter.whole("runs", 100, 2, "runs"),
          Parameter.flag("fast", true, "fast"),
          Parameter.number("share", 0.5, 0, 1, "share"),
          Parameter.wholes("epochs", List.of(1, 2), 0, "epochs"),
          Parameter.choices("sides", List.of("left"), List.of("left", "right"), "sides"),
          Parameter.numbers("noise", List.of(0.2, 0.4), 0, 1, "noise"));

  @Test
  void whatIsNotGivenHasItsDefault() {
    Parameters parameters = Parameters.of(DECLARED, Map.of("runs", "20", "noise", "0, 0.8"));

    assertThat(parameters.whole("runs")).isEqualTo(20);
    assertThat(parameters.flag("fast")).isTrue();
    assertThat(parameters.number("share")).isEqualTo(0.5);
    assertThat(parameters.wholes("epochs")).containsExactly(1, 2);
    assertThat(parameters.numbers("noise")).containsExactly(0.0, 0.8);
    assertThat(parameters.chosen("sides")).containsExactly(0);
    assertThat(Parameters.of(DECLARED, Map.of("sides", "right, left")).chosen("sides"))
        .containsExactly(1, 0);
    assertThat(parameters.texts()).containsEntry("runs", "20").containsEntry("share", "0.5");
  }

  @Test
  void whatCannotBeSaysWhatWouldBeRight() {
    refused("runs", "1", "--runs: is '1', must be a whole number of at least 2");
    refused("runs", "2,3", "--runs: is '2,3', must be a whole number of at least 2");
    refused("runs", "2.5", "--runs: is '2.5', must be a whole number of at least 2");
    refused("fast", "1", "--fast: is '1', must be true or false");
    refused("share", "NaN", "--share: is 'NaN', must be a number between 0 and 1");
    refused(
        "noise",
        "0.2,",
        "--noise: is '0.2,', must be numbers separated by commas, each between 0 and 1");
    refused(
        "sides",
        "right,up",
        "--sides: is 'right,up', must be different words separated by commas, each one of left,"
            + " right");
    refused(
        "sides",
        "left,left",
        "--sides: is 'left,left', must be different words separated by commas, each one of left,"
            + " right");
    refused(
        "run",
        "2",
        "--run: unknown; known here are --runs, --fast, --share, --epochs, --sides, --noise");
  }

  private static void refused(String name, String value, String message) {
    assertThatThrownBy(() -> Parameters.of(DECLARED, Map.of(name, value))).hasMessage(message);
  }
}
