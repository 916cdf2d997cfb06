package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.RunId;
import io.engram.events.SensitivityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What probes measure against {@link NaiveProbes}, on runs that lost and doubled events. */
class ProbesAgainstNaiveTest {
  @Provide
  Arbitrary<List<EventEnvelope>> delivered() {
    return RandomRuns.delivered().filter(events -> !events.isEmpty());
  }

  private static RunAggregate aggregate(List<EventEnvelope> delivered) {
    Runs runs = new Runs(() -> Instant.EPOCH);
    delivered.forEach(runs::apply);
    return Objects.requireNonNull(runs.find(new RunId("random-run")));
  }

  @Property(tries = 300)
  void criticalSamples(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    for (CriticalSamplesSnapshot pair : run.snapshot().measurements().criticalSamples()) {
      List<CriticalSamplesSearched> searches =
          naive.events(CriticalSamplesSearched.class).stream()
              .filter(s -> s.split() == pair.split() && s.radius() == pair.radius())
              .toList();
      CriticalSamplesSearched latest = searches.get(searches.size() - 1);
      assertThat(pair.looks()).isEqualTo(searches.size());
      assertThat(pair.searchedTotal())
          .isEqualTo(searches.stream().mapToInt(s -> s.ids().length).sum());
      assertThat(pair.criticalTotal())
          .isEqualTo(searches.stream().mapToInt(CriticalSamplesSearched::critical).sum());
      assertThat(pair.searched()).isEqualTo(latest.ids().length);
      assertThat(pair.critical()).isEqualTo(latest.critical());
      assertThat(pair.change()).isEqualTo(NaiveProbes.change(searches));
      assertThat(pair.foundBy()).hasSize(latest.iterations());
      for (int i = 0; i < pair.foundBy().length; i++) {
        int within = i + 1;
        assertThat(pair.foundBy()[i])
            .isEqualTo(Arrays.stream(latest.foundAt()).filter(f -> f > 0 && f <= within).count());
      }
      assertThat(pair.interval())
          .isEqualTo(Proportion.interval(latest.critical(), latest.ids().length));
      String name = SeriesNames.criticalSampleRatio(pair.split(), pair.radiusLabel());
      assertThat(points(run, name).values()).hasSize(searches.size());
      assertThat(points(run, name + "/upper").values()).hasSize(searches.size());
    }
    assertThat(
            run.snapshot().measurements().criticalSamples().stream()
                .mapToLong(CriticalSamplesSnapshot::looks)
                .sum())
        .isEqualTo(naive.events(CriticalSamplesSearched.class).size());
  }

  private static SeriesPoints points(RunAggregate run, String name) {
    return run.series(List.of(name), 0, Long.MAX_VALUE, 1000).get(0);
  }

  @Property(tries = 300)
  void sensitivity(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    Map<SensitivityKind, SensitivitySnapshot> kinds = new EnumMap<>(SensitivityKind.class);
    run.snapshot().measurements().sensitivity().forEach(kind -> kinds.put(kind.kind(), kind));
    for (SensitivityKind kind : List.of(SensitivityKind.UNROLLED, SensitivityKind.TRUNCATED)) {
      List<LossSensitivityMeasured> measured =
          naive.events(LossSensitivityMeasured.class).stream()
              .filter(event -> event.kind() == kind)
              .toList();
      SensitivitySnapshot actual = kinds.get(kind);
      if (measured.isEmpty()) {
        assertThat(actual).isNull();
        continue;
      }
      assertThat(actual).isNotNull();
      assertThat(actual.measurements()).isEqualTo(measured.size());
      double[] means = NaiveProbes.means(measured);
      assertClose(actual.gini().coefficient(), Gini.of(means).coefficient());
      assertThat(actual.gini().values()).isEqualTo(means.length);
      double[] matrix = NaiveProbes.matrix(measured);
      assertThat(actual.matrix().values()).hasSize(matrix.length);
      for (int i = 0; i < matrix.length; i++) {
        assertClose(actual.matrix().values()[i], matrix[i]);
      }
      assertThat(points(run, SeriesNames.gini(kind).get(1)).values()).hasSize(measured.size());
    }
    assertDirect(naive, run, kinds.get(SensitivityKind.DIRECT));
  }

  private static void assertDirect(NaiveRun naive, RunAggregate run, SensitivitySnapshot direct) {
    if (direct == null || direct.measurements() == 0) {
      assertThat(run.seriesNames()).doesNotContain(SeriesNames.gini(SensitivityKind.DIRECT).get(0));
      return;
    }
    List<Float> expected = new ArrayList<>();
    naive.directMeans.forEach(
        (step, looks) ->
            looks.forEach(
                means ->
                    expected.add(
                        (float)
                            Gini.of(means.stream().mapToDouble(d -> d).toArray()).coefficient())));
    float[] actual = points(run, SeriesNames.gini(SensitivityKind.DIRECT).get(0)).values();
    assertThat(actual.length).isBetween(1, expected.size());
    int offset = expected.size() - actual.length;
    for (int i = 0; naive.isForward() && i < actual.length; i++) {
      assertClose(actual[i], expected.get(offset + i), 1e-5);
    }
  }

  @Property(tries = 300)
  void monitoredPredictions(@ForAll("delivered") List<EventEnvelope> delivered) {
    Map<ExampleRole, List<EventEnvelope>> looks = new EnumMap<>(ExampleRole.class);
    Map<ExampleRole, RoleLook> pending = new EnumMap<>(ExampleRole.class);
    Map<ExampleRole, RoleLook> latest = new EnumMap<>(ExampleRole.class);
    List<EventEnvelope> counted = NaiveRun.of(delivered).counted;
    long pendingStep = -1;
    int completed = 0;
    int incomplete = 0;
    for (int end = 1; end <= counted.size(); end++) {
      EventEnvelope envelope = counted.get(end - 1);
      if (!(envelope.event() instanceof PredictionsMonitored event)) {
        continue;
      }
      if (envelope.step() != pendingStep && !pending.isEmpty()) {
        incomplete++;
        pending.clear();
      }
      pendingStep = envelope.step();
      looks.computeIfAbsent(event.role(), role -> new ArrayList<>()).add(envelope);
      NaiveRun labels = NaiveRun.of(counted.subList(0, end));
      pending.put(event.role(), NaiveProbes.look(looks.get(event.role()), labels));
      if (event.completesLook()) {
        latest = new EnumMap<>(pending);
        pending.clear();
        completed++;
      }
    }
    RunAggregate run = aggregate(delivered);
    MonitorSnapshot monitor = run.snapshot().measurements().monitor();
    assertThat(monitor.looks()).isEqualTo(completed);
    assertThat(monitor.incomplete()).isEqualTo(incomplete);
    assertThat(monitor.roles()).containsExactlyElementsOf(latest.values());
    for (RoleLook look : monitor.roles()) {
      List<String> names = SeriesNames.monitored(look.role());
      assertThat(run.seriesNames()).containsAll(names);
    }
  }

  @Property(tries = 200)
  void spectrumAndProbes(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    MeasurementsSnapshot measurements = aggregate(delivered).snapshot().measurements();
    List<GradientSpectrumMeasured> spectra = naive.events(GradientSpectrumMeasured.class);
    assertThat(measurements.spectrum().measured()).isEqualTo(spectra.size());
    if (!spectra.isEmpty()) {
      Double rank = EffectiveRank.of(spectra.get(spectra.size() - 1).eigenvalues());
      assertThat(measurements.spectrum().effectiveRank()).isEqualTo(rank);
    }
    Map<String, Map<Long, Long>> skipped = new HashMap<>();
    Map<String, String> problems = new HashMap<>();
    for (EventEnvelope envelope : naive.counted) {
      if (envelope.event() instanceof ProbesReported reported) {
        reported
            .probes()
            .forEach(
                p ->
                    skipped
                        .computeIfAbsent(p.probe(), key -> new HashMap<>())
                        .merge(envelope.incarnation(), p.skipped(), Math::max));
      } else if (envelope.event() instanceof ProbeFailed failed) {
        problems.put(failed.probe(), failed.problem());
        skipped.computeIfAbsent(failed.probe(), key -> new HashMap<>());
      }
    }
    assertThat(measurements.probes())
        .extracting(ProbeSnapshot::probe)
        .containsExactlyInAnyOrderElementsOf(skipped.keySet());
    for (ProbeSnapshot probe : measurements.probes()) {
      assertThat(probe.skipped())
          .isEqualTo(skipped.get(probe.probe()).values().stream().mapToLong(v -> v).sum());
      assertThat(probe.problem()).isEqualTo(problems.getOrDefault(probe.probe(), ""));
    }
  }

  private static void assertClose(double actual, double expected) {
    assertClose(actual, expected, 1e-12);
  }

  private static void assertClose(double actual, double expected, double tolerance) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(tolerance * Math.max(1, expected)));
    }
  }
}
