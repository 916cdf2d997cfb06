package io.engram.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkResultsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
  private static final LocalDate LATER = LocalDate.of(2026, 12, 1);

  @TempDir Path folder;

  @Test
  void aRowHasAllItsFieldsInOrder() throws IOException {
    Path file = folder.resolve("target/benchmarks.json");
    new BenchmarkResults(file)
        .put(
            List.of(new BenchmarkRow("a", new Estimate(1, 0.5, 2), "ratio", 1.05, Better.LOWER)),
            DAY);
    assertThat(file)
        .hasContent(
            """
            [
              {"name":"a","value":1.0,"unit":"ratio","low":0.5,"high":2.0,"aim":1.05,\
            "better":"lower","date":"2026-11-21"}
            ]
            """);
  }

  @Test
  void aLaterRunReplacesItsRowsAndKeepsTheOthers() throws IOException {
    Path file = folder.resolve("benchmarks.json");
    Files.writeString(file, "[{\"name\":\"other\",\"note\":\"kept\"}]");
    BenchmarkResults results = new BenchmarkResults(file);
    results.put(List.of(row("a", 1), row("b", 2)), DAY);
    results.put(List.of(row("a", 3), row("c", 4)), LATER);

    JsonNode all = new ObjectMapper().readTree(file.toFile());
    assertThat(all.findValuesAsText("name")).containsExactly("other", "a", "b", "c");
    assertThat(all.get(0).get("note").textValue()).isEqualTo("kept");
    assertThat(all.get(1).get("value").doubleValue()).isEqualTo(3);
    assertThat(all.get(1).get("date").textValue()).isEqualTo("2026-12-01");
    assertThat(all.get(2).get("value").doubleValue()).isEqualTo(2);
    assertThat(all.get(2).get("date").textValue()).isEqualTo("2026-11-21");
  }

  @Test
  void whatIsNotFiniteIsNull() throws IOException {
    Path file = folder.resolve("benchmarks.json");
    new BenchmarkResults(file).put(List.of(row("a", Double.NaN)), DAY);
    assertThat(new ObjectMapper().readTree(file.toFile()).get(0).get("value").isNull()).isTrue();
  }

  @Test
  void somethingElseIsNotOverwritten() throws IOException {
    Path file = Files.writeString(folder.resolve("benchmarks.json"), "{}");
    assertThatIOException()
        .isThrownBy(() -> new BenchmarkResults(file).put(List.of(row("a", 1)), DAY))
        .withMessageContaining("does not hold an array");
    assertThat(file).hasContent("{}");
  }

  private static BenchmarkRow row(String name, double value) {
    return new BenchmarkRow(name, new Estimate(value, value, value), "ms", 5, Better.LOWER);
  }
}
