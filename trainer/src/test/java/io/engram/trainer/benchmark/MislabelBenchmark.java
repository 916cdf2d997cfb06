package io.engram.trainer.benchmark;

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
    LoopEvents events = new LoopEvents("mislabel");
    try (TrainingLoop loop = TrainingLoop.start(spec, data, events::keep)) {
      double[][] rounds = new double[2][ROUNDS];
      for (int round = -WARM_UPS; round < ROUNDS; round++) {
        double training = OneThread.taken(() -> OneThread.epoch(loop));
        applySteps(events);
        double ranking = OneThread.taken(() -> applyEnd(events));
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

  /** All but the last event, which is the end of the epoch. */
  private static void applySteps(LoopEvents events) {
    events.waiting.subList(0, events.waiting.size() - 1).forEach(events.runs::apply);
  }

  /** The last one, at which the collector ranks. */
  private static void applyEnd(LoopEvents events) {
    events.runs.apply(events.waiting.get(events.waiting.size() - 1));
    events.waiting.clear();
  }
}
