package io.engram.collector.aggregate;

import io.engram.events.RunId;
import io.engram.events.RunStarted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run at one moment. Its size and cost do not depend on the number of examples or steps.
 *
 * @param run the run
 * @param incarnation its latest incarnation
 * @param header what the run said of itself at the start, or null if that was missed
 * @param state what it said last about its state
 * @param detail one line on how it ended; empty if there is nothing to say
 * @param firstEventMillis the trainer's time of the first event, milliseconds since 1970
 * @param lastEventMillis the trainer's time of the latest event, milliseconds since 1970
 * @param epoch passes over the training set completed, as far as any event tells
 * @param step updates completed, as far as any event tells
 * @param progress steps and what they showed
 * @param splits the latest evaluation of each split, in the order of the splits
 * @param gradients norms of gradients, updates and parameters
 * @param examples how the training examples fare
 * @param measurements what its probes have measured
 * @param checkpoint the latest checkpoint, or null if there is none
 * @param delivery what reached the collector, and what did not
 */
public record RunSnapshot(
    RunId run,
    long incarnation,
    @Nullable RunStarted header,
    RunState state,
    String detail,
    long firstEventMillis,
    long lastEventMillis,
    int epoch,
    long step,
    ProgressSnapshot progress,
    List<SplitSnapshot> splits,
    GradientsSnapshot gradients,
    ExamplesSnapshot examples,
    MeasurementsSnapshot measurements,
    @Nullable CheckpointSnapshot checkpoint,
    DeliverySnapshot delivery) {
  public RunSnapshot {
    splits = List.copyOf(splits);
  }
}
