package io.engram.trainer.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.benchmark.BenchmarkRow.Better;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void runsThoseThatMatchAndPrintsATable() throws Exception {
    Benchmark emit = benchmark("emit", () -> row("emit alive", 0.5));
    Benchmark scrape = benchmark("scrape", () -> row("scrape 60,000", 12345));
    assertThat(benchmarks(emit, scrape).run("SCR")).isTrue();
    assertThat(output())
        .contains("scrape 60,000", "12,345", "[12,345, 12,345]", "≤ 10.00", "missed")
        .doesNotContain("emit");
    assertThat(folder.resolve("b.json")).content().contains("scrape 60,000");
  }

  @Test
  void aPatternThatMatchesNothingSaysWhatThereIs() throws Exception {
    Benchmark emit = benchmark("emit", () -> row("emit", 1));
    assertThat(benchmarks(emit).run("nothing")).isFalse();
    assertThat(output()).contains("No benchmark matches 'nothing': there are emit");
  }

  @Test
  void oneThatFailsDoesNotStopTheOthers() throws Exception {
    Benchmark bad =
        benchmark(
            "bad",
            () -> {
              throw new IllegalStateException("no luck");
            });
    Benchmark good = benchmark("good", () -> row("good", 1));
    assertThat(benchmarks(bad, good).run("")).isFalse();
    assertThat(output()).contains("failed: java.lang.IllegalStateException: no luck");
    assertThat(folder.resolve("b.json")).content().contains("good").doesNotContain("bad");
  }

  @Test
  void theAimIsOnTheBetterSide() {
    assertThat(row("a", 10).reached()).isTrue();
    assertThat(row("a", 10.1).reached()).isFalse();
    assertThat(row("a", Double.NaN).reached()).isFalse();
    Estimate ten = new Estimate(10, 10, 10);
    assertThat(new BenchmarkRow("a", ten, "1/s", 10, Better.HIGHER).reached()).isTrue();
    assertThat(new BenchmarkRow("a", ten, "1/s", 11, Better.HIGHER).reached()).isFalse();
  }

  private Benchmarks benchmarks(Benchmark... all) {
    return new Benchmarks(
        List.of(all),
        new BenchmarkResults(folder.resolve("b.json")),
        new PrintStream(printed, true, UTF_8));
  }

  private String output() {
    return printed.toString(UTF_8);
  }

  private static BenchmarkRow row(String name, double value) {
    return new BenchmarkRow(name, new Estimate(value, value, value), "µs", 10, Better.LOWER);
  }

  private static Benchmark benchmark(String name, Callable<BenchmarkRow> row) {
    return new Benchmark() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<BenchmarkRow> run() throws Exception {
        return List.of(row.call());
      }
    };
  }
}
