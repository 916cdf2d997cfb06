package io.engram.collector.aggregate;

import io.engram.events.CheckpointSaved;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventBatch;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Two runs that never change: one that memorizes and ends, one that diverges and goes on. */
public final class FixedRuns {
  private static final int BATCH = 4;

  private FixedRuns() {}

  /** Both runs, a frame that could not be read, and an event that came twice. */
  public static Runs runs() {
    Runs runs = new Runs(() -> Instant.EPOCH);
    EventStream memorizing = memorizing();
    runs.apply(new EventBatch(memorizing.envelopes(), 1));
    runs.apply(memorizing.envelopes().get(0));
    runs.apply(new EventBatch(List.of(), 2));
    EventStream diverging = diverging();
    runs.apply(new EventBatch(diverging.envelopes().subList(0, 2), 0));
    runs.apply(new EventBatch(diverging.envelopes().subList(3, diverging.envelopes().size()), 0));
    return runs;
  }

  /** {@code examples} training examples, every third flipped, in chunks; and one step. */
  public static Runs large(int examples) {
    EventStream stream =
        new EventStream("large", 1_790_000_000_000L)
            .add(0, 0, EventStream.header(examples, List.of("dense", "output"), -1));
    describe(stream, examples, 8192);
    step(stream, 0, 0, examples, 1);
    Runs runs = new Runs(() -> Instant.EPOCH);
    stream.envelopes().forEach(runs::apply);
    return runs;
  }

  private static EventStream memorizing() {
    EventStream stream =
        new EventStream("memorizing", 1_790_000_000_000L)
            .add(0, 0, EventStream.header(12, List.of("dense", "output"), -1));
    describe(stream, 12, 5);
    FixedProbes.describe(stream);
    evaluate(stream, 0, 0);
    FixedProbes.measure(stream, 0, 0);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int batch = 0; batch < 3; batch++) {
        step(stream, epoch, 3L * epoch + batch, 12, 1);
      }
      evaluate(stream, epoch + 1, 3L * epoch + 3);
      FixedProbes.measure(stream, epoch + 1, 3L * epoch + 3);
    }
    stream.add(3, 9, new CheckpointSaved("checkpoints/memorizing/9.zip"));
    stream.add(
        3,
        9,
        new TrainerReported(
            TrainerReported.State.RUNNING,
            36,
            Map.of("queue_full", 2L),
            new TrainerReported.Spool(65_536, 12, 1, 1L << 30, 2_500)));
    return stream.add(3, 9, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
  }

  private static EventStream diverging() {
    EventStream stream =
        new EventStream("diverging", 1_790_000_100_000L)
            .add(0, 0, EventStream.header(12, List.of("dense", "output"), -1));
    describe(stream, 12, 12);
    stream.add(0, 0, new TrainerReported(TrainerReported.State.RUNNING, 3, Map.of()));
    step(stream, 0, 0, 12, 1);
    step(stream, 0, 1, 12, Double.NaN);
    return stream;
  }

  private static void describe(EventStream stream, int examples, int chunk) {
    for (int from = 0; from < examples; from += chunk) {
      int n = Math.min(chunk, examples - from);
      int first = from;
      int[] ids = new int[n];
      int[] given = new int[n];
      int[] trueLabels = new int[n];
      Arrays.setAll(ids, i -> first + i);
      Arrays.setAll(given, i -> (first + i) % 10);
      Arrays.setAll(trueLabels, i -> (first + i) % 3 == 0 ? (first + i + 1) % 10 : given[i]);
      stream.add(0, 0, new ExamplesDescribed(ExampleRole.TRAINING, ids, given, trueLabels));
    }
  }

  /** Flipped examples are learned from epoch 1 on; example 1 is forgotten in epoch 1. */
  private static void step(EventStream stream, int epoch, long step, int examples, double scale) {
    int[] ids = new int[BATCH];
    int[] given = new int[BATCH];
    int[] predicted = new int[BATCH];
    float[] loss = new float[BATCH];
    float[] margin = new float[BATCH];
    float[] norm = new float[BATCH];
    int correct = 0;
    for (int i = 0; i < BATCH; i++) {
      int id = (int) ((step * BATCH + i) % examples);
      boolean learned = (id % 3 != 0 || epoch > 0) && !(id == 1 && epoch == 1);
      ids[i] = id;
      given[i] = id % 10;
      predicted[i] = learned ? id % 10 : (id + 1) % 10;
      loss[i] = (float) (scale * (learned ? 0.25 : 2.5));
      margin[i] = (float) (scale * (learned ? 1.5 + id : -1.5));
      norm[i] = (float) (scale * (learned ? 0.125 : 8));
      correct += learned ? 1 : 0;
    }
    float[] none = {};
    stream.add(
        epoch,
        step,
        new ExamplesClassified(ids, given, predicted, loss, margin, norm, norm, norm, none));
    stream.add(
        epoch,
        step,
        new GradientNormsMeasured(
            new double[] {0.5 * scale, 2 / (1.0 + step)},
            new double[] {0.0625, 0.25},
            new double[] {4, 8}));
    double lossSum = 0.25 * correct + 2.5 * (BATCH - correct);
    stream.add(epoch, step, new StepCompleted(BATCH, correct, scale * lossSum, 0.125, 0.015625));
  }

  private static void evaluate(EventStream stream, int epoch, long step) {
    stream.add(
        epoch,
        step,
        new EpochCompleted(
            List.of(
                new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 8, 2L + 2L * epoch, 16 - 4 * epoch),
                new Evaluation(Split.TRAIN, LabelGroup.FLIPPED, 4, epoch, 10 - 2 * epoch),
                new Evaluation(Split.TRAIN_TRUE, LabelGroup.CLEAN, 8, 2L + 2L * epoch, 16),
                new Evaluation(Split.TRAIN_TRUE, LabelGroup.FLIPPED, 4, 3 - epoch, 8 + epoch),
                new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, 16, 12 - epoch, 24 + epoch)),
            0.75));
  }
}
