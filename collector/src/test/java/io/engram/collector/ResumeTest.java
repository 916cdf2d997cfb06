package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.aggregate.SeriesPoints;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.watch.Watches;
import io.engram.events.CheckpointSaved;
import io.engram.events.CheckpointsKept;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed and resumed from its checkpoints is one that never was. */
final class ResumeTest {
  private static final RunId ALPHA = new RunId("alpha");
  private static final int STEPS = 9 * SyntheticRun.STEPS_PER_EPOCH;

  @TempDir Path dir;
  private final List<List<EventEnvelope>> steps = new ArrayList<>();
  private List<EventEnvelope> start = List.of();

  /** A collector of which only the state matters. */
  private final class Collector {
    final Runs runs = new Runs(() -> Instant.EPOCH);
    final Watches watches = new Watches();
    final CheckpointStates states;
    final EventApplier applier;
    long sequence;

    Collector(String name) {
      states = new CheckpointStates(dir.resolve(name));
      applier = new EventApplier(runs, watches, states, watches::update);
    }

    void say(long incarnation, int epoch, long step, TrainingEvent event) {
      applier.apply(
          new EventBatch(
              List.of(new EventEnvelope(ALPHA, incarnation, sequence++, epoch, step, 7, event)),
              0));
    }

    void begin(long incarnation, long resumedFrom) {
      sequence = 0;
      int epoch = (int) Math.max(0, resumedFrom / SyntheticRun.STEPS_PER_EPOCH);
      for (EventEnvelope envelope : start) {
        TrainingEvent event = envelope.event();
        if (event instanceof RunStarted header) {
          say(
              incarnation,
              epoch,
              Math.max(0, resumedFrom),
              ResumedRun.resumed(header, resumedFrom));
        } else if (resumedFrom < 0 || event instanceof io.engram.events.ExamplesDescribed) {
          say(incarnation, epoch, Math.max(0, resumedFrom), event);
        }
      }
    }

    void train(long incarnation, int from, int to, int... checkpoints) {
      for (int step = from; step < to; step++) {
        for (EventEnvelope envelope : steps.get(step)) {
          say(incarnation, envelope.epoch(), envelope.step(), envelope.event());
        }
        for (int checkpoint : checkpoints) {
          if (step + 1 == checkpoint) {
            say(
                incarnation,
                checkpoint / SyntheticRun.STEPS_PER_EPOCH,
                checkpoint,
                new CheckpointSaved("x"));
          }
        }
      }
    }

    void keep(long incarnation, long step, long beforeOnset, Long... steps) {
      int epoch = (int) (step / SyntheticRun.STEPS_PER_EPOCH);
      say(incarnation, epoch, step, new CheckpointsKept(List.of(steps), beforeOnset));
    }

    RunAggregate run() {
      return Objects.requireNonNull(runs.find(ALPHA));
    }

    RunSnapshot snapshot() {
      return run().snapshot();
    }

    byte[] history() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      run().saveHistory(out);
      watches.of(run()).save(out);
      return bytes.toByteArray();
    }
  }

  private void makeUp() {
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0", "dense1").withMonitoring(true);
    start = run.start().envelopes();
    for (int i = 0; i < STEPS; i++) {
      steps.add(run.step().envelopes());
    }
  }

  @Test
  void itsHistoryIsThatOfARunThatWasNeverStoppedBitForBit() throws IOException {
    makeUp();
    Collector unkilled = new Collector("unkilled");
    unkilled.begin(1, -1);
    unkilled.train(1, 0, STEPS, 40, 100);
    Collector killed = new Collector("killed");
    killed.begin(1, -1);
    killed.train(1, 0, 57, 40);
    killed.begin(2, 40);
    killed.train(2, 40, 43);
    killed.states.write();
    killed.begin(3, 40);
    killed.train(3, 40, 131, 100);
    killed.begin(4, 100);
    killed.train(4, 100, STEPS);

    assertThat(killed.history()).isEqualTo(unkilled.history());
    long redone = 17 + 3 + 31;
    assertThat(killed.snapshot().progress().stepsRedone()).isEqualTo(redone);
    assertThat(killed.snapshot().progress().steps()).isEqualTo(STEPS + redone);
    assertThat(unkilled.snapshot().progress().steps()).isEqualTo(STEPS);
    assertThat(killed.snapshot().progress().examples())
        .isEqualTo((STEPS + redone) * SyntheticRun.BATCH);
    assertThat(killed.snapshot().delivery().missed()).isZero();
    assertThat(killed.run().leftBranches())
        .extracting(
            branch -> branch.incarnation() + ": " + branch.fromStep() + "–" + branch.toStep())
        .containsExactly("1: 40–57", "2: 40–43", "3: 100–131");
    List<SeriesPoints> left = killed.run().leftBranches().get(0).series();
    assertThat(left)
        .extracting(points -> points.name() + ": " + points.steps().length)
        .containsExactly(
            "step_loss: 17",
            "gradient_norm: 17",
            "examples_learned/clean: 17",
            "examples_learned/flipped: 17",
            "accuracy/validation: 1",
            "accuracy/train: 1");
    assertThat(left.get(0).steps()).containsExactly(LongStream.range(40, 57).toArray());
  }

  @Test
  void goesBackToACheckpointThatWasKeptForAWhileAndNamed() throws IOException {
    makeUp();
    Collector unkilled = new Collector("unkilled");
    unkilled.begin(1, -1);
    unkilled.train(1, 0, STEPS);
    Collector back = new Collector("back");
    back.begin(1, -1);
    back.train(1, 0, 20);
    back.keep(1, 20, -1, 20L);
    back.train(1, 20, 40);
    back.keep(1, 40, -1, 20L, 40L);
    back.states.write();
    back.train(1, 40, 57);
    back.keep(1, 57, 20, 20L, 40L);
    back.train(1, 57, 60);
    back.keep(1, 60, -1, 40L, 60L);
    back.states.write();
    Path files = dir.resolve("back").resolve("alpha");
    assertThat(names(files.resolve("kept"))).containsExactly("40.state", "60.state");
    assertThat(names(files.resolve("before-onset"))).containsExactly("20.state");
    back.begin(2, 20);
    back.train(2, 20, STEPS);

    assertThat(back.history()).isEqualTo(unkilled.history());
    assertThat(back.snapshot().progress().stepsRedone()).isEqualTo(40);
    back.say(2, 0, STEPS, new RunFinished(RunFinished.Outcome.COMPLETED, ""));
    back.states.write();
    assertThat(names(files.resolve("kept"))).isEmpty();
    assertThat(names(files.resolve("before-onset"))).containsExactly("20.state");
    back.states.forget(ALPHA);
    assertThat(files).doesNotExist();
  }

  /** Also where nothing was written in between. */
  @Test
  void aNamedOneStaysThoughItIsThinnedOutBeforeItIsWritten() throws IOException {
    makeUp();
    Collector back = new Collector("back");
    back.begin(1, -1);
    back.train(1, 0, 20);
    back.keep(1, 20, -1, 20L);
    back.train(1, 20, 40);
    back.keep(1, 40, 20, 20L, 40L);
    back.train(1, 40, 60);
    back.keep(1, 60, -1, 60L);
    assertThat(Objects.requireNonNull(back.states.find(ALPHA, 20)).run().step()).isEqualTo(20);
    assertThat(back.states.find(ALPHA, 40)).isNull();
    back.states.write();

    assertThat(Objects.requireNonNull(back.states.find(ALPHA, 20)).run().step()).isEqualTo(20);
    assertThat(back.states.isUnwritten()).isFalse();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()).replaceFirst("^0+", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void withoutAStateOfTheCheckpointItGoesOnAndCountsTheSame() {
    makeUp();
    Collector collector = new Collector("a");
    collector.begin(1, -1);
    collector.train(1, 0, 57);
    collector.begin(2, 40);
    collector.train(2, 40, 60);

    assertThat(collector.snapshot().progress().steps()).isEqualTo(77);
    assertThat(collector.snapshot().progress().stepsRedone()).isEqualTo(17);
    assertThat(collector.run().leftBranches()).isEmpty();
  }

  @Test
  void aStateOfAnotherHistoryIsNotTaken() {
    makeUp();
    Collector collector = new Collector("a");
    collector.begin(1, -1);
    collector.train(1, 0, 50, 40);
    collector.begin(2, -1);
    collector.train(2, 0, 45);
    collector.begin(3, 40);

    assertThat(collector.snapshot().progress().steps()).isEqualTo(45);
  }
}
