package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdIndexTest {
  @Property
  void findsWhatAMapFinds(
      @ForAll @Size(max = 6)
          List<@Size(max = 8) Set<@IntRange(min = -20, max = 20) Integer>> chunks) {
    IdIndex index = new IdIndex();
    Map<Integer, Integer> slots = new HashMap<>();
    List<Integer> inOrder = new ArrayList<>();
    for (Set<Integer> chunk : chunks) {
      TreeSet<Integer> fresh = new TreeSet<>(chunk);
      fresh.removeAll(slots.keySet());
      for (int id : fresh) {
        slots.put(id, slots.size());
        inOrder.add(id);
      }
      index.add(fresh.stream().mapToInt(Integer::intValue).toArray(), slots.size() + 3);
      assertFinds(index, slots);
    }
    assertThat(index.bySlot()).containsExactly(inOrder.toArray(Integer[]::new));
  }

  private static void assertFinds(IdIndex index, Map<Integer, Integer> slots) {
    assertThat(index.size()).isEqualTo(slots.size());
    for (int id = -25; id < 25; id++) {
      assertThat(index.find(id)).as("id %d", id).isEqualTo(slots.getOrDefault(id, -1));
    }
    assertThat(index.find(Integer.MAX_VALUE)).isEqualTo(-1);
    assertThat(index.find(Integer.MIN_VALUE)).isEqualTo(-1);
  }

  @Test
  void idsAtTheEndsOfTheRangeAreNotContiguous() {
    IdIndex index = new IdIndex();
    index.add(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 2);
    assertThat(index.find(Integer.MIN_VALUE)).isEqualTo(0);
    assertThat(index.find(Integer.MAX_VALUE)).isEqualTo(1);
    assertThat(index.find(-1)).isEqualTo(-1);
  }
}
