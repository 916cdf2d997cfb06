package io.engram.events;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunStartedTest {
  @Test
  void whatTheDetectorsAreToldIsNamedWhereItIsOutOfRange() {
    assertThatThrownBy(() -> new RunStarted.Onset(0, Double.NaN))
        .hasMessage("falseAlarm is 0.0, must be between 0 and 1");
    assertThatThrownBy(() -> new RunStarted.Onset(0.01, 1.5))
        .hasMessage("noiseRate is 1.5, must be between 0 and 1");
  }
}
