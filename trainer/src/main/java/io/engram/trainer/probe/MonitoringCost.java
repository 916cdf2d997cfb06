package io.engram.trainer.probe;

import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.Schedule;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What monitoring predictions adds to a run, known before it starts: forward passes against those
 * of training, whose backward pass counts as two.
 */
public final class MonitoringCost {
  private static final double PASSES_OF_TRAINING = 3;

  private MonitoringCost() {}

  /** One line for a person; empty where nothing is monitored. */
  public static Optional<String> line(RunSpec spec, RunData data) {
    Schedule every = spec.probes().predictions().every();
    int monitored =
        MonitoredExamples.of(spec, data).stream().mapToInt(MonitoredExamples::size).sum();
    if (every.kind() == Schedule.Kind.NEVER || monitored == 0) {
      return Optional.empty();
    }
    double looks = looksPerEpoch(every, spec, data.trained().size());
    double share = looks * monitored / (PASSES_OF_TRAINING * data.trained().size());
    return Optional.of(
        String.format(
            Locale.ROOT,
            "monitoring %,d predictions %s an epoch: %.1f %% of a training epoch's arithmetic",
            monitored,
            times(looks),
            100 * share));
  }

  /** On average over the epochs that are planned. */
  private static double looksPerEpoch(Schedule every, RunSpec spec, int trained) {
    int batch = spec.training().batch();
    int stepsPerEpoch = (trained + batch - 1) / batch;
    int epochs = spec.training().epochs();
    long looks =
        LongStream.rangeClosed(1, (long) epochs * stepsPerEpoch)
            .filter(step -> every.due(step, stepsPerEpoch))
            .count();
    return (double) looks / epochs;
  }

  private static String times(double looks) {
    if (looks == 1) {
      return "once";
    }
    return looks == 2 ? "twice" : String.format(Locale.ROOT, "%.3g times", looks);
  }
}
