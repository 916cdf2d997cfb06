package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RestoreTest {
  @Provide
  Arbitrary<List<EventEnvelope>> delivered() {
    return RandomRuns.delivered().filter(events -> !events.isEmpty());
  }

  @Property(tries = 120)
  void aRestoredRunAnswersAndContinuesAsIfNothingHadHappened(
      @ForAll("delivered") List<EventEnvelope> delivered, @ForAll @IntRange(max = 60) int cut)
      throws IOException {
    Runs unbroken = new Runs(() -> Instant.EPOCH);
    Runs broken = new Runs(() -> Instant.EPOCH);
    int before = Math.min(cut, delivered.size());
    for (EventEnvelope envelope : delivered.subList(0, before)) {
      unbroken.apply(envelope);
      broken.apply(envelope);
    }
    Runs restored = new Runs(() -> Instant.EPOCH);
    for (RunAggregate run : broken.all()) {
      restored.add(restore(save(run)));
    }
    assertSame(restored, unbroken);
    for (EventEnvelope envelope : delivered.subList(before, delivered.size())) {
      unbroken.apply(envelope);
      restored.apply(envelope);
    }
    assertSame(restored, unbroken);
    for (RunAggregate run : restored.all()) {
      RunAggregate other = unbroken.find(run.run());
      assertThat(other).isNotNull();
      assertThat(save(run)).isEqualTo(save(other));
    }
  }

  private static void assertSame(Runs actual, Runs expected) {
    assertThat(answers(actual))
        .usingRecursiveComparison(EventComparison.exact())
        .isEqualTo(answers(expected));
  }

  /** Everything that can be asked. */
  private static List<Object> answers(Runs runs) {
    List<Object> answers = new ArrayList<>();
    answers.add(runs.snapshot());
    for (RunAggregate run : runs.all()) {
      answers.add(run.lastSequence());
      answers.add(run.seriesNames());
      answers.add(run.series(run.seriesNames(), 0, Long.MAX_VALUE, 10_000));
      for (ExampleOrder order : ExampleOrder.values()) {
        answers.add(run.examples(order, 100));
      }
      answers.add(run.dataMap(5));
    }
    return answers;
  }

  private static byte[] save(RunAggregate run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    run.save(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static RunAggregate restore(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    RunAggregate run = RunAggregate.restore(new DataInputStream(in));
    assertThat(in.available()).isZero();
    return run;
  }

  @Property(tries = 50)
  void aCutOffStateIsRefused(
      @ForAll("delivered") List<EventEnvelope> delivered, @ForAll @IntRange(max = 100) int percent)
      throws IOException {
    Runs runs = new Runs(() -> Instant.EPOCH);
    delivered.forEach(runs::apply);
    byte[] bytes = save(runs.all().iterator().next());
    byte[] cut = Arrays.copyOf(bytes, (bytes.length - 1) * percent / 100);
    assertThatThrownBy(
            () -> RunAggregate.restore(new DataInputStream(new ByteArrayInputStream(cut))))
        .isInstanceOf(IOException.class);
  }

  @Property(tries = 50)
  void anotherVersionIsNamed(
      @ForAll("delivered") List<EventEnvelope> delivered,
      @ForAll @IntRange(min = 12, max = 120) int version)
      throws IOException {
    Runs runs = new Runs(() -> Instant.EPOCH);
    delivered.forEach(runs::apply);
    byte[] bytes = save(runs.all().iterator().next());
    bytes[3] = (byte) version;
    assertThatThrownBy(() -> restore(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("state has version %d, but this collector reads version 11", version);
  }
}
