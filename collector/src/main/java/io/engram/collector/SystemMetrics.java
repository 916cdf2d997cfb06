package io.engram.collector;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.micrometer.backends.BackendRegistries;

/**
 * The JVM's and Vert.x' own metrics on the page that is scraped.
 *
 * <p>Vert.x makes its metrics when it is made itself, and that may be in an embedding program that
 * does not compile against this module. Such a program asks for them in words, as {@link
 * #ofVertx()} does: Vert.x then finds its Micrometer factory on the class path, which keeps a
 * Prometheus registry under its default name, where this class looks. A Vert.x without metrics is
 * as good; they are just not there.
 */
final class SystemMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry meters;
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /**
   * @param registry what is scraped; the metrics are added to it
   */
  SystemMetrics(PrometheusRegistry registry) {
    meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    // Two names that promtool finds fault with; neither tells what the others do not.
    meters.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    meters.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    new JvmMemoryMetrics().bindTo(meters);
    gc.bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    if (BackendRegistries.getDefaultNow() instanceof PrometheusMeterRegistry vertx) {
      MultiCollector scrape = vertx.getPrometheusRegistry()::scrape;
      registry.register(scrape);
    }
  }

  /** Options of a Vert.x instance whose metrics are found here. */
  static VertxOptions ofVertx() {
    JsonObject prometheus = new JsonObject().put("enabled", true);
    return new VertxOptions()
        .setMetricsOptions(
            new MetricsOptions(
                new JsonObject().put("enabled", true).put("prometheusOptions", prometheus)));
  }

  @Override
  public void close() {
    gc.close();
    meters.close();
  }
}
