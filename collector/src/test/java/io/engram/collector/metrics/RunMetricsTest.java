package io.engram.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.FixedRuns;
import io.engram.collector.aggregate.RunsSnapshot;
import io.engram.events.Tools;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dengram.golden.write=true} writes the golden files anew: read what has changed. */
class RunMetricsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/metrics");

  @TempDir Path temporary;

  private static String text() {
    return write(
        FixedRuns.runs().snapshot(), ExpositionFormats.init().getPrometheusTextFormatWriter());
  }

  private static String write(RunsSnapshot snapshot, ExpositionFormatWriter writer) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new RunMetrics(() -> snapshot));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void prometheusText() throws IOException {
    assertGolden("runs.txt", text());
  }

  @Test
  void openMetricsText() throws IOException {
    assertGolden(
        "runs.openmetrics",
        write(
            FixedRuns.runs().snapshot(),
            ExpositionFormats.init().getOpenMetricsTextFormatWriter()));
  }

  private static void assertGolden(String name, String actual) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("engram.golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, actual);
    }
    assertThat(actual.lines()).containsExactlyElementsOf(Files.readAllLines(file));
  }

  @Test
  void promtoolFindsNothingToSay() throws IOException, InterruptedException {
    Path page = Files.writeString(temporary.resolve("metrics"), text());
    Path said = temporary.resolve("said");
    Process promtool =
        new ProcessBuilder(Tools.require("promtool").toString(), "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).as("promtool ended").isTrue();
    assertThat(Files.readString(said)).isEmpty();
    assertThat(promtool.exitValue()).isZero();
  }

  @Test
  void theSeriesDoNotGrowWithTheExamples() {
    assertThat(seriesOf(6_000)).hasSizeGreaterThan(100).isEqualTo(seriesOf(600_000));
  }

  private static List<String> seriesOf(int examples) {
    return write(
            FixedRuns.large(examples).snapshot(),
            ExpositionFormats.init().getPrometheusTextFormatWriter())
        .lines()
        .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' ')))
        .toList();
  }
}
