package io.engram.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.RunId;
import io.engram.events.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShardChoiceTest {
  private static final List<Shard> SHARDS =
      List.of(new Shard("a"), new Shard("b"), new Shard("c"), new Shard("d"));

  @Test
  void runsSpreadEvenlyWhateverTheOrder() {
    Map<Shard, Integer> runs = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      List<Shard> shuffled = new ArrayList<>(SHARDS);
      Collections.shuffle(shuffled, new Random(i));
      Shard chosen = ShardChoice.of(run(i), SHARDS);
      assertThat(ShardChoice.of(run(i), shuffled)).isEqualTo(chosen);
      runs.merge(chosen, 1, Integer::sum);
    }
    assertThat(runs.keySet()).containsExactlyInAnyOrderElementsOf(SHARDS);
    assertThat(runs.values()).allMatch(count -> count > 200 && count < 300);
  }

  @Test
  void aShardThatIsAddedTakesRunsFromTheOthersOnlyForItself() {
    List<Shard> more = new ArrayList<>(SHARDS);
    Shard added = new Shard("e");
    more.add(added);
    for (int i = 0; i < 1_000; i++) {
      assertThat(ShardChoice.of(run(i), more)).isIn(added, ShardChoice.of(run(i), SHARDS));
    }
  }

  private static RunId run(int i) {
    return new RunId("run-" + i);
  }
}
