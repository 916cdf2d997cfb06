package io.engram.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpoolEndsTest {
  /**
   * Records appended in turn to two lanes, as drawn; of each lane what was lost, as drawn. What is
   * left is the longest beginning of the one order that is whole.
   */
  @Property(tries = 2_000)
  void leavesTheLongestBeginningOfTheOrderThatIsWhole(
      @ForAll @Size(max = 24) List<Boolean> lanes,
      @ForAll @Size(24) List<@IntRange(max = 5) Integer> fates,
      @ForAll @IntRange(max = 24) int forcedUpTo) {
    int forced = Math.min(forcedUpTo, lanes.size());
    long[] ends = new long[2];
    long[] stamp = new long[2];
    long[] found = new long[2];
    SpoolTail[] tails = {new SpoolTail(0), new SpoolTail(0)};
    List<Long> whole = new ArrayList<>(List.of(0L, 0L));
    boolean torn = false;
    for (int i = 0; i < lanes.size(); i++) {
      if (i == forced) {
        stamp = ends.clone();
      }
      int lane = lanes.get(i) ? 1 : 0;
      SpoolPlace place = new SpoolPlace(ends[lane]++, ends[1 - lane], stamp[lane]);
      boolean lost = i >= forced && fates.get(i) == 0;
      if (!lost) {
        tails[lane].add(place);
      }
      if (!lost || i < forced) {
        found[lane] = place.index() + 1;
      }
      torn |= lost;
      if (!torn) {
        whole.set(lane, place.index() + 1);
      }
    }

    SpoolEnds left = SpoolEnds.of(tails[0], found[0], tails[1], found[1]);

    assertThat(List.of(left.first(), left.second())).isEqualTo(whole);
  }

  @Test
  void damageToWhatWasOnTheDiskCostsItsRecordAlone() {
    SpoolTail kept = tail(0, new SpoolPlace(0, 0, 0), new SpoolPlace(3, 2, 3));
    SpoolTail examples = tail(0, new SpoolPlace(1, 2, 0));

    assertThat(SpoolEnds.of(kept, 4, examples, 2)).isEqualTo(new SpoolEnds(3, 0));
    examples.add(new SpoolPlace(2, 3, 2));
    assertThat(SpoolEnds.of(kept, 4, examples, 3)).isEqualTo(new SpoolEnds(4, 3));
  }

  @Test
  void whatWasEvictedIsNoHole() {
    SpoolTail kept = tail(0, new SpoolPlace(0, 7, 0), new SpoolPlace(1, 9, 0));
    SpoolTail examples = tail(8, new SpoolPlace(8, 1, 0));

    assertThat(SpoolEnds.of(kept, 2, examples, 9)).isEqualTo(new SpoolEnds(2, 9));
  }

  private static SpoolTail tail(long first, SpoolPlace... places) {
    SpoolTail tail = new SpoolTail(first);
    List.of(places).forEach(tail::add);
    return tail;
  }
}
