package io.engram.collector.onset;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.LabelGroup;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A run of 15 epochs of 40 steps with four looks each. The network learns the true labels over the
 * first epoch and fits the given ones of all that it trains on, canaries included, from epoch 5 to
 * 12; with noise it then spoils a few of its predictions.
 */
final class TinyRun {
  static final int SPACING = 10;
  private static final int EPOCH = 40;
  private static final int EPOCHS = 15;
  private static final int CLASSES = 10;
  private static final int TRAINING = 400;
  private static final int OTHERS = 100;
  private static final RunId ID = new RunId("tiny");

  private final int seed;
  private final SplittableRandom random;
  private final Runs runs = new Runs(() -> Instant.EPOCH);
  private final Deque<EventEnvelope> events = new ArrayDeque<>();
  private boolean noisy;
  private boolean canaries;
  private boolean holdout;
  private long incarnation;
  private long sequence;

  TinyRun(int seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    incarnation = 100L * seed;
  }

  static TinyRun of(int seed, boolean noisy, boolean canaries, boolean holdout) {
    TinyRun run = new TinyRun(seed);
    run.noisy = noisy;
    run.canaries = canaries;
    run.holdout = holdout;
    return run;
  }

  TinyRun noisy() {
    noisy = true;
    return this;
  }

  TinyRun canaries() {
    canaries = true;
    return this;
  }

  TinyRun holdout() {
    holdout = true;
    return this;
  }

  boolean hasNext() {
    begin();
    return !events.isEmpty();
  }

  /** Applies one more event. */
  RunAggregate next() {
    begin();
    runs.apply(events.remove());
    return aggregate();
  }

  RunAggregate aggregate() {
    return runs.find(ID);
  }

  /** The aggregate, saved and restored; the run goes on with it. */
  RunAggregate restored() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    aggregate().save(new DataOutputStream(bytes));
    runs.add(
        RunAggregate.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    return aggregate();
  }

  /** Goes back to a step, with its header and its look. */
  RunAggregate resumeAt(long step) {
    events.clear();
    incarnation++;
    sequence = 0;
    steps(step);
    EventEnvelope look;
    do {
      look = events.remove();
      runs.apply(look);
    } while (!(look.event() instanceof PredictionsMonitored event && event.completesLook()));
    return aggregate();
  }

  private void begin() {
    if (sequence == 0) {
      steps(0);
    }
  }

  private void steps(long from) {
    add(from, header(from == 0 ? -1 : from));
    describe(from);
    for (long step = from; step <= (long) EPOCH * EPOCHS; step += SPACING) {
      List<ExampleRole> roles = new ArrayList<>(List.of(ExampleRole.TRAINING));
      if (holdout) {
        roles.add(ExampleRole.HOLDOUT);
      }
      if (canaries) {
        roles.add(ExampleRole.CANARY);
      }
      for (ExampleRole role : roles) {
        look(step, role, role == roles.get(roles.size() - 1));
      }
      if (step % EPOCH == 0) {
        Evaluation all = new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 4_000, 600 + 5 * step, 900);
        add(step, new EpochCompleted(List.of(all), 1));
      }
    }
  }

  private void describe(long step) {
    for (ExampleRole role :
        List.of(ExampleRole.TRAINING, ExampleRole.HOLDOUT, ExampleRole.CANARY)) {
      int[] ids = ids(role);
      int[] given = new int[ids.length];
      int[] trueLabels = new int[ids.length];
      for (int i = 0; i < ids.length; i++) {
        trueLabels[i] = ids[i] % CLASSES;
        given[i] = given(role, ids[i]);
      }
      add(step, new ExamplesDescribed(role, ids, given, trueLabels));
    }
  }

  private static int[] ids(ExampleRole role) {
    int[] ids = new int[role == ExampleRole.TRAINING ? TRAINING : OTHERS];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = 1_000 * role.ordinal() + i;
    }
    return ids;
  }

  private int given(ExampleRole role, int id) {
    SplittableRandom labels = new SplittableRandom(1_000_003L * seed + id);
    boolean wrong = role == ExampleRole.CANARY || (noisy && labels.nextInt(10) < 4);
    return (id + (wrong ? 1 + labels.nextInt(CLASSES - 1) : 0)) % CLASSES;
  }

  private void look(long step, ExampleRole role, boolean last) {
    int[] ids = ids(role);
    float[] probabilities = new float[ids.length * CLASSES];
    double learned = Math.min(1, (double) step / EPOCH);
    double fitted = Math.max(0, Math.min(1, ((double) step / EPOCH - 5) / 7));
    boolean trained = role != ExampleRole.HOLDOUT;
    for (int i = 0; i < ids.length; i++) {
      int given = given(role, ids[i]);
      double[] score = new double[CLASSES];
      for (int c = 0; c < CLASSES; c++) {
        score[c] = random.nextDouble();
      }
      score[ids[i] % CLASSES] += 5 * learned;
      score[given] += trained ? 8 * fitted : 0;
      score[(ids[i] + 3) % CLASSES] += noisy && random.nextDouble() < 0.1 * fitted ? 10 : 0;
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        score[c] = Math.exp(score[c]);
        sum += score[c];
      }
      for (int c = 0; c < CLASSES; c++) {
        probabilities[i * CLASSES + c] = (float) (score[c] / sum);
      }
    }
    add(
        step,
        new PredictionsMonitored(
            role, last, CLASSES, ids, new int[0], probabilities, new float[0], new int[0]));
  }

  private static RunStarted header(long resumedFrom) {
    return new RunStarted(
        new RunStarted.Dataset("tiny", "", TRAINING, 0, CLASSES, 1, 1, 1, 0, 1),
        new RunStarted.Noise("none", 0, 0, "none", 0, 0, 0),
        new RunStarted.Network("tiny", 1, List.of("dense"), List.of()),
        new RunStarted.Training("sgd", 0.1, 10, EPOCHS, EPOCH, 42),
        new RunStarted.Device("cpu", "test"),
        resumedFrom);
  }

  private void add(long step, TrainingEvent event) {
    events.add(
        new EventEnvelope(
            ID, incarnation, sequence++, (int) (step / EPOCH), step, 1_000 + step, event));
  }
}
