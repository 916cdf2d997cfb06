package io.engram.collector.aggregate;

import io.engram.events.CheckpointSaved;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Small runs of one id: examples that are never described, wrong labels, losses that are no
 * numbers, resumes that do steps again, now and then a fresh start. What {@link #delivered} gives
 * has also lost, doubled and late events.
 */
public final class RandomRuns {
  private static final int CLASSES = 3;

  private final Random random;
  private final EventStream stream = new EventStream("random-run", 1000);
  private final List<String> layers;
  private final RandomProbes probes;
  private int[] ids = {};
  private int[] given = {};
  private int[] trueLabels = {};
  private final boolean withGradients;
  private int epoch;
  private long step;
  private long checkpoint;

  private RandomRuns(Random random) {
    this.random = random;
    probes = new RandomProbes(random, stream);
    withGradients = random.nextBoolean();
    layers = List.of("dense1", "dense2", "output").subList(0, 1 + random.nextInt(3));
  }

  /** Events as they were emitted. */
  public static Arbitrary<List<EventEnvelope>> emitted() {
    return Arbitraries.randomValue(random -> new RandomRuns(random).emit());
  }

  /** Events as a poor network delivers them. */
  public static Arbitrary<List<EventEnvelope>> delivered() {
    return Arbitraries.randomValue(random -> distort(random, new RandomRuns(random).emit()));
  }

  private static List<EventEnvelope> distort(Random random, List<EventEnvelope> emitted) {
    List<EventEnvelope> delivered = new ArrayList<>();
    for (EventEnvelope envelope : emitted) {
      if (random.nextInt(15) > 0) {
        delivered.add(envelope);
      }
      if (random.nextInt(8) == 0) {
        delivered.add(emitted.get(random.nextInt(emitted.size())));
      }
      if (random.nextInt(8) == 0 && !delivered.isEmpty()) {
        delivered.add(delivered.get(random.nextInt(delivered.size())));
      }
    }
    return delivered;
  }

  private List<EventEnvelope> emit() {
    drawExamples();
    start(-1);
    if (random.nextBoolean()) {
      evaluate();
    }
    for (int n = random.nextInt(40); n > 0; n--) {
      int what = random.nextInt(30);
      if (what == 0) {
        checkpoint = step;
        stream.add(epoch, step, new CheckpointSaved("checkpoint-" + step));
      } else if (what == 1) {
        restart();
      } else if (what == 2) {
        report();
      } else if (what < 6) {
        endEpoch();
      } else if (what < 16) {
        probes.measure(epoch, step, ids);
      } else {
        doStep();
      }
    }
    if (random.nextBoolean()) {
      RunFinished.Outcome[] outcomes = RunFinished.Outcome.values();
      stream.add(
          epoch, step, new RunFinished(outcomes[random.nextInt(outcomes.length)], "the end"));
    }
    return stream.envelopes();
  }

  private void drawExamples() {
    int n = random.nextInt(12);
    TreeSet<Integer> drawn = new TreeSet<>();
    boolean contiguous = random.nextBoolean();
    int first = random.nextInt(50) - 10;
    while (drawn.size() < n) {
      drawn.add(contiguous ? first + drawn.size() : random.nextInt(40));
    }
    ids = drawn.stream().mapToInt(Integer::intValue).toArray();
    given = random.ints(n, 0, CLASSES).toArray();
    trueLabels = random.ints(n, -1, CLASSES).toArray();
  }

  private void start(long resumedFrom) {
    stream.add(epoch, step, EventStream.header(random.nextInt(15), layers, resumedFrom));
    List<ExamplesDescribed> chunks = new ArrayList<>();
    for (int from = 0; from < ids.length; ) {
      int to = Math.min(ids.length, from + 1 + random.nextInt(5));
      chunks.add(
          new ExamplesDescribed(
              ExampleRole.TRAINING,
              Arrays.copyOfRange(ids, from, to),
              Arrays.copyOfRange(given, from, to),
              Arrays.copyOfRange(trueLabels, from, to)));
      from = to;
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(chunks, random);
    }
    chunks.forEach(chunk -> stream.add(epoch, step, chunk));
    stream.add(
        epoch,
        step,
        new ExamplesDescribed(
            ExampleRole.VALIDATION, new int[] {1000, 1001}, new int[] {0, 1}, new int[] {0, 1}));
    probes.describe(epoch, step);
  }

  private void restart() {
    stream.restart(stream.envelopes().get(stream.envelopes().size() - 1).incarnation() + 500);
    boolean resumed = random.nextInt(4) > 0;
    step = resumed ? checkpoint : 0;
    epoch = resumed ? epoch : 0;
    checkpoint = step;
    if (ids.length > 0 && random.nextInt(4) == 0) {
      given = given.clone();
      given[random.nextInt(given.length)] = random.nextInt(CLASSES);
    }
    start(resumed ? step : -1);
  }

  private void report() {
    stream.add(
        epoch,
        step,
        new TrainerReported(
            random.nextBoolean() ? TrainerReported.State.RUNNING : TrainerReported.State.PAUSED,
            stream.envelopes().size(),
            Map.of("queue_full", (long) random.nextInt(5), "encoding", 1L),
            new TrainerReported.Spool(
                random.nextInt(9), random.nextInt(9), random.nextInt(9), 9, random.nextInt(9))));
  }

  private void endEpoch() {
    epoch++;
    evaluate();
  }

  private void evaluate() {
    List<Evaluation> evaluations = new ArrayList<>();
    evaluations.add(evaluation(Split.TRAIN, LabelGroup.CLEAN));
    if (random.nextBoolean()) {
      evaluations.add(evaluation(Split.TRAIN, LabelGroup.FLIPPED));
    }
    evaluations.add(evaluation(Split.VALIDATION, LabelGroup.CLEAN));
    stream.add(epoch, step, new EpochCompleted(evaluations, random.nextDouble()));
  }

  private Evaluation evaluation(Split split, LabelGroup labels) {
    int n = random.nextInt(10);
    return new Evaluation(split, labels, n, random.nextInt(n + 1), number(5));
  }

  private void doStep() {
    int n = random.nextInt(6);
    int[] batch = new int[n];
    int[] batchGiven = new int[n];
    for (int i = 0; i < n; i++) {
      boolean known = ids.length > 0 && random.nextInt(12) > 0;
      int row = known ? random.nextInt(ids.length) : -1;
      batch[i] =
          known
              ? ids[row]
              : random.nextInt(4) == 0 ? 1000 * random.nextInt(1, 4) : random.nextInt(60) - 10;
      batchGiven[i] = known && random.nextInt(15) > 0 ? given[row] : random.nextInt(CLASSES);
    }
    float[] none = {};
    stream.add(
        epoch,
        step,
        new ExamplesClassified(
            batch,
            batchGiven,
            random.ints(n, 0, CLASSES).toArray(),
            numbers(n, 4),
            numbers(n, 20),
            withGradients ? numbers(n, 3) : none,
            withGradients ? numbers(n, 2) : none,
            random.nextInt(5) == 0 ? none : numbers(n, 3),
            none));
    int m = random.nextInt(12) == 0 ? random.nextInt(5) : layers.size();
    stream.add(epoch, step, new GradientNormsMeasured(doubles(m), doubles(m), doubles(m)));
    int examples = random.nextInt(6);
    stream.add(
        epoch,
        step,
        new StepCompleted(
            examples, random.nextInt(examples + 1), number(9), random.nextFloat(), number(0.1)));
    step++;
  }

  private double number(double scale) {
    int what = random.nextInt(40);
    return what == 0
        ? Double.NaN
        : what == 1 ? Double.POSITIVE_INFINITY : what == 2 ? 0 : scale * random.nextGaussian();
  }

  private float[] numbers(int n, double scale) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) number(scale);
    }
    return numbers;
  }

  private double[] doubles(int n) {
    return random.doubles(n).map(d -> random.nextInt(30) == 0 ? number(1) : d).toArray();
  }
}
