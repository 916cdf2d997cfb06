package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table(
          "t",
          "T",
          List.of("what", "value"),
          List.of(List.of("a, \"b\"", -0.123456), List.of("c", 12345.678), List.of("d", 3)));

  @Test
  void textIsAlignedAndShortened() {
    assertThat(table.text().lines())
        .containsExactly(
            "what       value", "a, \"b\"   -0.1235", "c          12346", "d              3");
  }

  @Test
  void csvIsInFullAndQuoted() {
    assertThat(table.csv())
        .isEqualTo("what,value\r\n\"a, \"\"b\"\"\",-0.123456\r\nc,12345.678\r\nd,3\r\n");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new Table("t", "T", List.of("a", "b"), List.of(List.<Object>of(1))))
        .hasMessageContaining("table t");
  }
}
