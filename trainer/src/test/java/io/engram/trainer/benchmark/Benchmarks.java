package io.engram.trainer.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs benchmarks one after the other, prints their rows, and keeps them. */
final class Benchmarks {
  private static final List<Benchmark> ALL =
      Stream.of(
              List.of(
                  new AlarmBenchmark(),
                  new EmitBenchmark(),
                  new SpoolBenchmark(),
                  new AwayBenchmark(),
                  new GroupCommitBenchmark(),
                  new ReplayBenchmark(),
                  new AggregationBenchmark(),
                  new SensitivityBenchmark(),
                  new ScrapeBenchmark(),
                  new StreamBenchmark(),
                  new PageBenchmark(),
                  new FleetBenchmark(),
                  new MonitoringBenchmark(),
                  new MislabelBenchmark(),
                  new OnsetBenchmark()),
              ForestBenchmark.all(),
              TrainingStepBenchmark.all(),
              CriticalSamplesBenchmark.all(),
              List.<Benchmark>of(new ProbedRunBenchmark(), new SValidatedRunBenchmark()))
          .flatMap(List::stream)
          .toList();

  private final List<Benchmark> benchmarks;
  private final BenchmarkResults results;
  private final PrintStream out;

  Benchmarks(List<Benchmark> benchmarks, BenchmarkResults results, PrintStream out) {
    this.benchmarks = benchmarks;
    this.results = results;
    this.out = out;
  }

  /**
   * System properties: {@code engram.benchmarks}, a regular expression that is looked for in the
   * names, and {@code engram.benchmarks.file}, where the results go.
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(System.getProperty("engram.benchmarks.file", "target/benchmarks.json"));
    Benchmarks benchmarks =
        new Benchmarks(ALL, new BenchmarkResults(file), new PrintStream(System.out, true, UTF_8));
    boolean done = benchmarks.run(System.getProperty("engram.benchmarks", ""));
    System.exit(done ? 0 : 1);
  }

  /**
   * Runs the benchmarks in whose name the pattern is found. Rows are kept as soon as they are
   * there; a benchmark that fails does not keep the others from running.
   *
   * @return whether there was one, and none failed
   */
  boolean run(String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    List<Benchmark> chosen =
        benchmarks.stream().filter(b -> wanted.matcher(b.name()).find()).toList();
    if (chosen.isEmpty()) {
      out.printf(
          "No benchmark matches '%s': there are %s%n",
          pattern, benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
      return false;
    }
    out.printf(
        "%d processors, %s %s, %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.version"),
        System.getProperty("os.name"));
    out.printf("%-44s %12s %25s %-8s %12s%n", "benchmark", "value", "95 % interval", "unit", "aim");
    List<String> failed = new ArrayList<>();
    for (Benchmark benchmark : chosen) {
      try {
        List<BenchmarkRow> rows = benchmark.run();
        rows.forEach(this::print);
        results.put(rows, LocalDate.now(ZoneOffset.UTC));
      } catch (Exception | AssertionError e) {
        failed.add(benchmark.name());
        out.printf("%-44s failed: %s%n", benchmark.name(), e);
        e.printStackTrace(out);
      }
    }
    return failed.isEmpty();
  }

  private void print(BenchmarkRow row) {
    Estimate estimate = row.estimate();
    out.printf(
        "%-44s %12s %25s %-8s %12s %s%n",
        row.name(),
        shortened(estimate.value()),
        "[%s, %s]".formatted(shortened(estimate.low()), shortened(estimate.high())),
        row.unit(),
        aim(row),
        row.reached() ? "" : "missed");
  }

  private static String aim(BenchmarkRow row) {
    if (Double.isNaN(row.aim())) {
      return "none";
    }
    return (row.better() == BenchmarkRow.Better.LOWER ? "≤ " : "≥ ") + shortened(row.aim());
  }

  private static String shortened(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.4g" : "%,.0f", value);
  }
}
