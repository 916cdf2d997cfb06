package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Epochs of 10 steps, as in the header; 40 examples a step. */
class ConfidentPresentationsTest {
  private static final int BATCH = 40;
  private static final int CLASSES = 5;
  private static final float[] NONE = {};

  private final SplittableRandom random = new SplittableRandom(5);
  private final Runs runs = new Runs(() -> Instant.EPOCH);
  private final List<Presented> all = new ArrayList<>();
  private long incarnation = 1;
  private long sequence;

  private record Presented(long step, double confidence, boolean contradicts) {}

  private void apply(long step, TrainingEvent event) {
    runs.apply(
        new EventEnvelope(
            new RunId("a"), incarnation, sequence++, (int) step / 10, step, 0, event));
  }

  private void begin(long from) {
    apply(from, EventStream.header(BATCH, List.of(), from == 0 ? -1 : from));
    int[] ids = IntStream.range(0, BATCH).toArray();
    apply(from, new ExamplesDescribed(ExampleRole.TRAINING, ids, new int[BATCH], new int[BATCH]));
  }

  /** From logits, as a network has them; every label is 0. */
  private void step(long step) {
    int[] predicted = new int[BATCH];
    float[] loss = new float[BATCH];
    float[] margin = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      double[] logits = random.doubles(CLASSES, -4, 4 + step / 10.0).toArray();
      double sum = 0;
      for (double logit : logits) {
        sum += Math.exp(logit);
      }
      int best =
          IntStream.range(0, CLASSES)
              .boxed()
              .max(Comparator.comparing(c -> logits[c]))
              .orElseThrow();
      double other = IntStream.range(1, CLASSES).mapToDouble(c -> logits[c]).max().orElseThrow();
      predicted[i] = best;
      loss[i] = (float) (Math.log(sum) - logits[0]);
      margin[i] = (float) (logits[0] - other);
      all.add(new Presented(step, Math.exp(logits[best]) / sum, best != 0));
    }
    int[] ids = IntStream.range(0, BATCH).toArray();
    apply(
        step,
        new ExamplesClassified(
            ids, new int[BATCH], predicted, loss, margin, NONE, NONE, NONE, NONE));
  }

  private RunAggregate run() {
    return runs.find(new RunId("a"));
  }

  /** By sorting the presentations of the last four parts; a bin is wide, so two hundredths. */
  private double naive(long step, double share) {
    List<Presented> last =
        all.stream()
            .filter(one -> one.step < step && one.step >= firstOfPart(part(step) - 4))
            .sorted(Comparator.comparing(one -> -one.confidence))
            .toList();
    List<Presented> taken = last.subList(0, (int) Math.round(share * last.size()));
    return (double) taken.stream().filter(Presented::contradicts).count() / taken.size();
  }

  private static long part(long step) {
    return step * 4 / 10;
  }

  private static long firstOfPart(long part) {
    return (part * 10 + 3) / 4;
  }

  @Test
  void isThatOfTheSortedPresentations() {
    begin(0);
    long parts = 0;
    for (long step = 0; step < 60; step++) {
      step(step);
      if (run().presentedParts() > parts) {
        parts = run().presentedParts();
        PresentedView view = run().presented();
        assertThat(view.step()).isEqualTo(step).isEqualTo(firstOfPart(parts));
        assertThat(view.wholeEpoch()).isEqualTo(step >= 10);
        if (view.wholeEpoch()) {
          assertThat(view.presentations()).isEqualTo(10 * BATCH);
          assertThat(view.contradicted(0.25)).isCloseTo(naive(step, 0.25), within(0.02));
          assertThat(view.contradicted(1)).isCloseTo(naive(step, 1), within(1e-12));
        }
      }
    }
    assertThat(parts).isEqualTo(part(59));
  }

  @Test
  void whereTheRunGoesBackItBeginsAnew() {
    begin(0);
    for (long step = 0; step < 35; step++) {
      step(step);
    }
    assertThat(run().presented().wholeEpoch()).isTrue();
    incarnation = 2;
    sequence = 0;
    all.clear();
    begin(20);
    for (long step = 20; step < 31; step++) {
      step(step);
      assertThat(run().presented().wholeEpoch()).isEqualTo(step >= 30);
    }
    assertThat(run().presented().contradicted(1)).isCloseTo(naive(30, 1), within(1e-12));
  }
}
