package io.engram.trainer.benchmark;

import io.engram.collector.aggregate.ExampleGroupSnapshot;
import io.engram.collector.aggregate.ExamplesSnapshot;
import io.engram.collector.aggregate.Runs;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.TrainingEvent;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Per-example observations that one core aggregates in a second, among all other events of their
 * steps, in batches as they come from the bus: 60,000 examples a round, in shuffled order. The
 * counts are compared with those of a second, naive implementation. And the same of a hundred runs
 * of 10,000 examples that take turns, a step each, whose state is in no cache when its turn comes.
 */
final class AggregationBenchmark implements Benchmark {
  private static final int EXAMPLES = 60_000;
  private static final int WARM_UPS = 10;
  private static final int ROUNDS = 30;
  private static final int BATCH_EVENTS = 256;
  private static final double AIM = 1e6;
  private static final int FLEET = 100;
  private static final int FLEET_EXAMPLES = 10_000;
  private static final int FLEET_STEPS = 8;

  private final SyntheticRun run = new SyntheticRun("aggregation", EXAMPLES);
  private final Runs runs = new Runs(InstantSource.system());
  private final boolean[] presented = new boolean[EXAMPLES];
  private final boolean[] right = new boolean[EXAMPLES];
  private long observations;
  private long forgotten;
  private long step;

  @Override
  public String name() {
    return "aggregation";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    run.opening().forEach(event -> runs.apply(run.envelope(0, event)));
    Interleaved found = Interleaved.measure(WARM_UPS, ROUNDS, this::observationsPerSecond);
    requireExact();
    List<SyntheticRun> fleet = fleet();
    Interleaved ofFleet = Interleaved.measure(WARM_UPS, ROUNDS, () -> observationsPerSecond(fleet));
    return List.of(
        new BenchmarkRow("aggregation", found.median(0), "1/s/core", AIM, Better.HIGHER),
        new BenchmarkRow(
            "aggregation, 100 runs in turn", ofFleet.median(0), "1/s/core", AIM, Better.HIGHER));
  }

  private List<SyntheticRun> fleet() {
    List<SyntheticRun> fleet = new ArrayList<>();
    for (int i = 0; i < FLEET; i++) {
      SyntheticRun each = new SyntheticRun("fleet-" + i, FLEET_EXAMPLES);
      each.opening().forEach(event -> runs.apply(each.envelope(0, event)));
      fleet.add(each);
    }
    return fleet;
  }

  private double observationsPerSecond(List<SyntheticRun> fleet) {
    List<EventEnvelope> events = new ArrayList<>();
    for (int i = 0; i < FLEET_STEPS; i++) {
      for (SyntheticRun each : fleet) {
        each.step(step).forEach(event -> events.add(each.envelope(step, event)));
      }
      step++;
    }
    long nanos = OneThread.taken(() -> events.forEach(runs::apply));
    return (double) FLEET_STEPS * FLEET * SyntheticRun.BATCH * 1e9 / nanos;
  }

  private double observationsPerSecond() {
    List<EventBatch> batches = epoch();
    long before = observations();
    long nanos = OneThread.taken(() -> batches.forEach(runs::apply));
    return (observations() - before) * 1e9 / nanos;
  }

  private List<EventBatch> epoch() {
    List<EventBatch> batches = new ArrayList<>();
    List<EventEnvelope> batch = new ArrayList<>();
    for (int i = 0; i < run.stepsPerEpoch(); i++) {
      for (TrainingEvent event : run.step(step)) {
        if (event instanceof ExamplesClassified seen) {
          countNaively(seen);
        }
        batch.add(run.envelope(step, event));
      }
      step++;
      if (batch.size() >= BATCH_EVENTS || i == run.stepsPerEpoch() - 1) {
        batches.add(new EventBatch(batch, 0));
        batch.clear();
      }
    }
    return batches;
  }

  private void countNaively(ExamplesClassified seen) {
    for (int i = 0; i < seen.ids().length; i++) {
      int id = seen.ids()[i];
      boolean now = seen.predicted()[i] == seen.given()[i];
      forgotten += presented[id] && right[id] && !now ? 1 : 0;
      presented[id] = true;
      right[id] = now;
      observations++;
    }
  }

  private long observations() {
    return examples().observations();
  }

  private ExamplesSnapshot examples() {
    return runs.snapshot().runs().get(0).examples();
  }

  private void requireExact() {
    long learned = 0;
    for (boolean now : right) {
      learned += now ? 1 : 0;
    }
    List<Long> naive = List.of(observations, forgotten, learned);
    List<ExampleGroupSnapshot> groups = examples().groups();
    List<Long> aggregated =
        List.of(
            observations(),
            groups.stream().mapToLong(ExampleGroupSnapshot::forgettingEvents).sum(),
            groups.stream().mapToLong(ExampleGroupSnapshot::learned).sum());
    if (!aggregated.equals(naive)) {
      throw new IllegalStateException(
          "observations, forgetting events and learned are %s, but counted naively %s"
              .formatted(aggregated, naive));
    }
  }
}
