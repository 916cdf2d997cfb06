package io.engram.trainer.benchmark;

import io.engram.collector.aggregate.Runs;
import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.TrainingEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Keeps a loop's events until they are applied to runs. */
final class LoopEvents {
  final Runs runs = new Runs(InstantSource.system());
  final List<EventEnvelope> waiting = new ArrayList<>();
  private final RunId run;
  private long sequence;

  LoopEvents(String run) {
    this.run = new RunId(run);
  }

  void keep(int epoch, long step, TrainingEvent event) {
    waiting.add(new EventEnvelope(run, 1, sequence++, epoch, step, sequence, event));
  }
}
