package io.engram.trainer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsColumnsToTheirWidestCell() {
    String table =
        TextTable.format(
            List.of("run", "train"), List.of(List.of("a", "9.1 %"), List.of("longer", "10 %")));

    assertThat(table.lines()).containsExactly("run      train", "a        9.1 %", "longer    10 %");
  }
}
