package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.Tools;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole page, names of the JVM, of Vert.x and of ours, as promtool judges it. */
final class MetricNamesLintTest {
  @Test
  void promtoolFindsNoFault(@TempDir Path dir) throws IOException, InterruptedException {
    Path promtool = Tools.require("promtool");
    Path page = dir.resolve("metrics");
    Vertx vertx = Vertx.vertx(SystemMetrics.ofVertx());
    try {
      TestCollector collector = TestCollector.start(vertx);
      collector.train(new SyntheticRun("alpha", 0.4, "dense0"), SyntheticRun.STEPS_PER_EPOCH);
      collector.get("/metrics");
      Files.writeString(page, collector.get("/metrics").body());
    } finally {
      vertx.close().await();
    }

    Process lint =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .start();
    String faults = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lint.waitFor()).as(faults).isZero();
    assertThat(faults).isEmpty();
    assertThat(Files.readString(page))
        .contains("engram_steps_total", "jvm_memory_used_bytes", "vertx_eventbus_delivered_total")
        .contains("vertx_http_server_requests_total");
  }
}
