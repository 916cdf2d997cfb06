package io.engram.collector;

import io.engram.events.CheckpointSaved;
import io.engram.events.EventBatch;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A run that was killed at step 57 and resumed from its checkpoint at 40, to its end at 100. */
final class ResumedRun {
  static final int CHECKPOINT = 40;
  static final int KILLED = 57;
  static final int END = 100;

  /** Losses of what is left are this much higher than those of what is kept. */
  static final double WORSE = 1.5;

  private final List<EventEnvelope> start;
  private final List<List<EventEnvelope>> steps = new ArrayList<>();
  private final List<EventBatch> batches = new ArrayList<>();
  private long sequence;

  private ResumedRun(String name) {
    SyntheticRun run = new SyntheticRun(name, 0.4, "dense0", "dense1").withMonitoring(false);
    start = run.start().envelopes();
    for (int i = 0; i < END; i++) {
      steps.add(run.step().envelopes());
    }
  }

  /** All that its trainers said, a batch for each step. */
  static List<EventBatch> batches(String name) {
    ResumedRun run = new ResumedRun(name);
    run.begin(1, -1);
    run.train(1, 0, CHECKPOINT, event -> event);
    run.say(1, CHECKPOINT, List.of(new CheckpointSaved("step-40.zip")));
    run.train(1, CHECKPOINT, KILLED, ResumedRun::worse);
    run.begin(2, CHECKPOINT);
    run.train(2, CHECKPOINT, END, event -> event);
    run.say(2, END, List.of(new RunFinished(RunFinished.Outcome.COMPLETED, "")));
    return run.batches;
  }

  private void begin(long incarnation, int resumedFrom) {
    sequence = 0;
    List<TrainingEvent> events = new ArrayList<>();
    for (EventEnvelope envelope : start) {
      if (envelope.event() instanceof RunStarted header) {
        events.add(resumed(header, resumedFrom));
      } else if (resumedFrom < 0 || envelope.event() instanceof ExamplesDescribed) {
        events.add(envelope.event());
      }
    }
    say(incarnation, Math.max(0, resumedFrom), events);
  }

  private void train(long incarnation, int from, int to, UnaryOperator<TrainingEvent> change) {
    for (int step = from; step < to; step++) {
      List<EventEnvelope> said = new ArrayList<>();
      for (EventEnvelope envelope : steps.get(step)) {
        said.add(
            stamped(
                incarnation, envelope.epoch(), envelope.step(), change.apply(envelope.event())));
      }
      batches.add(new EventBatch(said, 0));
    }
  }

  private void say(long incarnation, long step, List<TrainingEvent> events) {
    int epoch = (int) (step / SyntheticRun.STEPS_PER_EPOCH);
    batches.add(
        new EventBatch(
            events.stream().map(event -> stamped(incarnation, epoch, step, event)).toList(), 0));
  }

  private EventEnvelope stamped(long incarnation, int epoch, long step, TrainingEvent event) {
    EventEnvelope first = start.get(0);
    return new EventEnvelope(
        first.run(), incarnation, sequence++, epoch, step, first.timestampMillis() + step, event);
  }

  private static TrainingEvent worse(TrainingEvent event) {
    return event instanceof StepCompleted step
        ? new StepCompleted(
            step.examples(),
            step.correct(),
            WORSE * step.lossSum(),
            step.learningRate(),
            step.durationSeconds())
        : event;
  }

  /** The header of a run that goes on from a step. */
  static RunStarted resumed(RunStarted header, long from) {
    return new RunStarted(
        header.dataset(),
        header.noise(),
        header.network(),
        header.training(),
        header.device(),
        from,
        header.onset());
  }
}
