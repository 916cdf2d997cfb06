package io.engram.trainer.benchmark;

import io.engram.collector.aggregate.Runs;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import io.engram.trainer.Experiments;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How well training examples are ranked for wrong labels, as the experiment of that name says it,
 * and what the ranking costs: processor time of what the collector does at the end of an epoch,
 * which is to rank, over that of training the epoch.
 */
final class MislabelBenchmark implements Benchmark {
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 20;
  private static final double LEAST_AUROC = 0.97;
  private static final double MOST_COST = 0.01;

  /** To the nanosecond, which the time of the whole process is not; one thread does all of it. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Override
  public String name() {
    return "mislabel";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    List<BenchmarkRow> rows = new ArrayList<>();
    rows.add(cost());
    Experiment experiment =
        Experiments.ALL.stream().filter(e -> e.name().equals("mislabel")).findFirst().orElseThrow();
    ExperimentContext context =
        new ExperimentContext(
            Parameters.of(experiment.parameters(), Map.of()),
            null,
            DataLocations.of(null, System.getenv()),
            Progress.NONE);
    for (Claim claim : experiment.run(context).claims()) {
      Quantity auroc = claim.quantities().get(0);
      rows.add(
          new BenchmarkRow(
              "%s, %s: AUROC".formatted(claim.id(), context.dataset()),
              new Estimate(auroc.value(), auroc.low(), auroc.high()),
              "share",
              LEAST_AUROC,
              Better.HIGHER));
    }
    return rows;
  }

  private static BenchmarkRow cost() throws Exception {
    RunSpec spec =
        RunFiles.read(
            "live-noisy",
            List.of(
                "data.training=5000",
                "network=mlp:784-256-256-10",
                "training.batch=100",
                "training.epochs=1000",
                "training.threads=1"));
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            1,
            DataLocations.of(null, System.getenv()),
            DownloadProgress.NONE);
    Collected collected = new Collected();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, collected::keep)) {
      double[][] rounds = new double[2][ROUNDS];
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        double training = taken(() -> epoch(loop));
        collected.applySteps();
        double ranking = taken(collected::applyEnd);
        if (round >= 0) {
          rounds[0][round] = training;
          rounds[1][round] = ranking;
        }
      }
      Interleaved found = new Interleaved(rounds);
      return new BenchmarkRow(
          "mislabel ranking / training", found.ratio(1, 0), "ratio", MOST_COST, Better.LOWER);
    }
  }

  private static void epoch(TrainingLoop loop) {
    int epoch = loop.epoch();
    while (loop.epoch() == epoch) {
      loop.advance();
    }
    loop.advance();
  }

  private static double taken(Runnable work) {
    long began = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  /** Keeps a loop's events until they are applied. */
  private static final class Collected {
    private final Runs runs = new Runs(InstantSource.system());
    private final List<EventEnvelope> waiting = new ArrayList<>();
    private final RunId run = new RunId("mislabel");
    private long sequence;

    void keep(int epoch, long step, TrainingEvent event) {
      waiting.add(new EventEnvelope(run, 1, sequence++, epoch, step, sequence, event));
    }

    /** All but the last event, which is the end of the epoch. */
    void applySteps() {
      waiting.subList(0, waiting.size() - 1).forEach(runs::apply);
    }

    /** The last one, at which the collector ranks. */
    void applyEnd() {
      runs.apply(waiting.get(waiting.size() - 1));
      waiting.clear();
    }
  }
}
