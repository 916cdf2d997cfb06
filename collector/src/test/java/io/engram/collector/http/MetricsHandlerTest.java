package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
final class MetricsHandlerTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("alpha", 0.4, "dense0"), 5);
  }

  @Test
  void textIsTheDefault() {
    HttpResponse<String> page = collector.get("/metrics");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(type(page)).startsWith("text/plain; version=0.0.4");
    assertThat(page.body())
        .contains("engram_steps_total{run=\"alpha\"} 5.0\n")
        .contains("engram_gradient_norm_bucket{layer=\"dense0\",run=\"alpha\",le=\"+Inf\"} 5\n")
        .contains("jvm_memory_used_bytes{")
        .contains("process_uptime_seconds ");
  }

  @Test
  void openMetricsWhenAsked() {
    HttpResponse<String> page =
        collector.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");

    assertThat(type(page)).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(page.body()).endsWith("# EOF\n");
  }

  @Test
  void protobufWhenAskedWithNativeHistograms() {
    HttpResponse<byte[]> page = collector.getBytes("/metrics", "Accept", PROTOBUF);

    assertThat(type(page)).startsWith("application/vnd.google.protobuf");
    assertThat(new String(page.body(), StandardCharsets.ISO_8859_1))
        .contains("engram_gradient_norm")
        .doesNotContain("# TYPE");
  }

  @Test
  void everyScrapeIsOfThePresent() {
    collector.send(new SyntheticRun("beta", 0).start());

    assertThat(collector.get("/metrics").body()).contains("engram_steps_total{run=\"beta\"} 0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip                  | true",
        "deflate, gzip;q=1.0   | true",
        "*                     | true",
        "gzip;q=0              | false",
        "deflate               | false"
      })
  void gzipWhereTheClientTakesIt(String accepted, boolean compressed) throws IOException {
    HttpResponse<byte[]> page = collector.getBytes("/metrics", "Accept-Encoding", accepted);

    assertThat(page.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(compressed);
    byte[] body =
        compressed
            ? new GZIPInputStream(new ByteArrayInputStream(page.body())).readAllBytes()
            : page.body();
    assertThat(new String(body, StandardCharsets.UTF_8)).contains("engram_steps_total");
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }
}
