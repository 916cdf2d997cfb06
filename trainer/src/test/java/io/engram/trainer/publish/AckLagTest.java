package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AckLagTest {
  @Property
  void isTheAgeOfTheOldestMarkThatIsNotAcknowledged(@ForAll long seed) {
    Random random = new Random(seed);
    AckLag lag = new AckLag();
    List<long[]> marks = new ArrayList<>();
    long emitted = -1;
    long acknowledged = -1;
    long now = 1_000;
    for (int i = 0; i < 60; i++) {
      emitted += random.nextInt(4);
      acknowledged += random.nextInt((int) Math.min(5, emitted - acknowledged + 1));
      now += random.nextInt(1_000);
      long upTo = acknowledged;
      long expected =
          now
              - marks.stream()
                  .filter(mark -> mark[0] > upTo)
                  .mapToLong(mark -> mark[1])
                  .min()
                  .orElse(now);
      assertThat(lag.mark(emitted, acknowledged, now)).isEqualTo(expected);
      marks.add(new long[] {emitted, now});
    }
  }

  @Test
  void beyondItsBoundTheOldestStaysAndTheRestIsTooLittleByTwoMarksAtMost() {
    AckLag lag = new AckLag();
    int marks = AckLag.MOST + AckLag.MOST / 2;
    for (int i = 0; i < marks; i++) {
      assertThat(lag.mark(i, -1, 1_000L * i)).isEqualTo(1_000L * i);
    }
    for (int acknowledged = 0; acknowledged < marks; acknowledged++) {
      long age = 1_000L * (marks - acknowledged - 1);
      assertThat(lag.mark(marks - 1, acknowledged, 1_000L * marks))
          .isBetween(Math.max(0, age - 1_000), age);
    }
  }

  @Test
  void aClockThatIsSetBackMakesItZero() {
    AckLag lag = new AckLag();
    lag.mark(5, -1, 10_000);
    assertThat(lag.mark(9, -1, 4_000)).isZero();
  }
}
