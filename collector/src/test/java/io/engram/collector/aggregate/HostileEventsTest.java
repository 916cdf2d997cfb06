package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.engram.collector.metrics.RunMetrics;
import io.engram.events.EventArbitraries;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the contract allows to be said breaks neither the aggregates nor what is shown. */
class HostileEventsTest {
  @Provide
  Arbitrary<List<TrainingEvent>> events() {
    return EventArbitraries.events().list().ofMaxSize(30);
  }

  @Property(tries = 250)
  void anythingCanBeSaid(@ForAll("events") List<TrainingEvent> events) throws IOException {
    Runs runs = new Runs(() -> Instant.EPOCH);
    long sequence = 0;
    for (TrainingEvent event : events) {
      runs.apply(
          new EventEnvelope(
              new RunId("a"), sequence / 9, sequence++, (int) sequence, sequence, -5, event));
    }
    assertShows(runs);
  }

  @Property(tries = 100)
  void anyEnvelopeCanArrive(@ForAll("envelopes") List<EventEnvelope> envelopes) throws IOException {
    Runs runs = new Runs(() -> Instant.EPOCH);
    envelopes.forEach(runs::apply);
    assertShows(runs);
  }

  @Provide
  Arbitrary<List<EventEnvelope>> envelopes() {
    return EventArbitraries.envelopeLists();
  }

  private static void assertShows(Runs runs) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new RunMetrics(runs::snapshot));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    OpenMetricsTextFormatWriter.create()
        .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    assertThat(out.size()).isPositive();
    for (RunAggregate run : runs.all()) {
      run.series(run.seriesNames(), 0, Long.MAX_VALUE, 5);
      for (ExampleOrder order : ExampleOrder.values()) {
        run.examples(order, 3);
      }
      run.dataMap(3);
      assertThatCode(() -> run.save(new DataOutputStream(new ByteArrayOutputStream())))
          .doesNotThrowAnyException();
    }
  }
}
