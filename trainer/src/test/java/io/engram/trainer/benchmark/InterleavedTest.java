package io.engram.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterleavedTest {
  @Test
  void variantsTakeTurnsAndWarmUpsDoNotCount() throws Exception {
    List<String> order = new ArrayList<>();
    AtomicInteger a = new AtomicInteger();
    AtomicInteger b = new AtomicInteger(100);

    Interleaved found =
        Interleaved.measure(
            1,
            3,
            () -> {
              order.add("a");
              return a.incrementAndGet();
            },
            () -> {
              order.add("b");
              return b.incrementAndGet();
            });

    assertThat(order).containsExactly("b", "a", "a", "b", "b", "a", "a", "b");
    assertThat(found.rounds()[0]).containsExactly(2, 3, 4);
    assertThat(found.rounds()[1]).containsExactly(102, 103, 104);
    assertThat(found.median(0).value()).isEqualTo(3);
    assertThat(found.ratio(1, 0).value()).isEqualTo(103.0 / 3);
  }

  @Test
  void anyNumberOfVariants() throws Exception {
    Interleaved found = Interleaved.measure(0, 4, () -> 1, () -> 2, () -> 4);
    assertThat(found.ratio(2, 1)).isEqualTo(new Estimate(2, 2, 2));
    assertThat(found.ratio(0, 2)).isEqualTo(new Estimate(0.25, 0.25, 0.25));
  }
}
