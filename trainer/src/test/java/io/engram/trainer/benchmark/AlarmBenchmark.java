package io.engram.trainer.benchmark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.engram.trainer.AlarmTrials;
import io.engram.trainer.benchmark.BenchmarkRow.Better;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.slf4j.LoggerFactory;

/**
 * In one JVM, on the network of the shipped live runs: time from the emission of the deciding event
 * to the end of the action, a pause with a checkpoint that the disk has, 99th percentile; the steps
 * that are made meanwhile; and what one of the checkpoints costs that are kept while a run goes on.
 */
final class AlarmBenchmark implements Benchmark {
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 10;
  private static final int STARTS = 10;
  private static final int KEPT = 30;
  private static final double AIM_MILLIS = 100;

  /** A hundredth of five seconds, in which live runs train for several epochs. */
  private static final double AIM_KEPT_MILLIS = 50;

  @Override
  public String name() {
    return "alarm";
  }

  @Override
  public List<BenchmarkRow> run() throws Exception {
    Path state = Files.createTempDirectory("engram-alarm");
    try {
      RunSpec spec =
          RunFiles.read(
              "live-noisy",
              List.of(
                  "data.training=2000",
                  "data.holdout=0",
                  "canaries={count: 0, ghosts: 0}",
                  "training.epochs=1000",
                  "probes={csr: {every: never}, predictions: {every: never}, spectrum: {every: never}}",
                  "onset={channels: [warn, onset, harm], on_onset: pause}"));
      RunData data =
          Datasets.load(
              spec.data(),
              spec.noise(),
              1,
              new DataLocations(List.of(), Path.of("none")),
              DownloadProgress.NONE);
      return List.of(alarms(spec, data, state), kept(spec, data, state));
    } finally {
      delete(state);
    }
  }

  /** Each alarm is a line in the log of a run that is watched; here there are hundreds. */
  private static BenchmarkRow alarms(RunSpec spec, RunData data, Path state) throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger("io.engram.trainer.OnsetHandler");
    log.setLevel(Level.ERROR);
    try {
      return measured(spec, data, state);
    } finally {
      log.setLevel(null);
    }
  }

  private static BenchmarkRow measured(RunSpec spec, RunData data, Path state) throws Exception {
    AlarmTrials.measure(spec, data, state, WARM_UPS);
    List<Histogram> rounds = new ArrayList<>();
    SortedMap<Long, Integer> steps = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Histogram nanos = new Histogram(3);
      for (AlarmTrials.Trial trial : AlarmTrials.measure(spec, data, state, STARTS)) {
        nanos.recordValue(trial.nanos());
        steps.merge(trial.steps(), 1, Integer::sum);
      }
      rounds.add(nanos);
    }
    System.out.printf("alarm: trials by steps made meanwhile: %s%n", steps);
    return new BenchmarkRow(
        "alarm to action p99",
        Estimate.percentile(rounds, 99).times(1e-6),
        "ms",
        AIM_MILLIS,
        Better.LOWER);
  }

  private static BenchmarkRow kept(RunSpec spec, RunData data, Path state) {
    double[] millis = new double[KEPT];
    try (TrainingLoop loop = TrainingLoop.start(spec, data, (epoch, step, event) -> {})) {
      for (int i = 0; i < KEPT; i++) {
        loop.advance();
        long began = System.nanoTime();
        loop.keepCheckpoint(state.resolve("kept-" + i % 2 + ".zip"));
        millis[i] = (System.nanoTime() - began) * 1e-6;
      }
    }
    return new BenchmarkRow(
        "alarm kept checkpoint", Estimate.median(millis), "ms", AIM_KEPT_MILLIS, Better.LOWER);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
