package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExperimentConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;
  private final ExperimentConsole console =
      new ExperimentConsole(new PrintStream(out, true, StandardCharsets.UTF_8), false, () -> now);

  private void at(int seconds, int done) {
    now = Instant.ofEpochSecond(seconds);
    console.at("run " + done, done, 100);
  }

  @Test
  void tellsEveryTenSecondsHowMuchIsLeft() {
    at(0, 0);
    at(9, 10);
    at(10, 10);
    at(19, 15);
    at(100, 50);
    console.say("done");

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(" 10 %  run 10  1m30s left", " 50 %  run 50  1m40s left", "done");
    assertThat(console.seconds()).isEqualTo(100);
  }
}
