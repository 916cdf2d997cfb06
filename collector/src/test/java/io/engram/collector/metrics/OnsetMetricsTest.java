package io.engram.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.watch.FixedWatch;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dengram.golden.write=true} writes the golden file anew: read what has changed. */
final class OnsetMetricsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/metrics/onset.txt");

  @Test
  void prometheusText() throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new OnsetMetrics(FixedWatch::all));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExpositionFormats.init()
        .getPrometheusTextFormatWriter()
        .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    String actual = out.toString(StandardCharsets.UTF_8);
    if (Boolean.getBoolean("engram.golden.write")) {
      Files.writeString(GOLDEN, actual);
    }

    assertThat(actual.lines()).containsExactlyElementsOf(Files.readAllLines(GOLDEN));
  }
}
