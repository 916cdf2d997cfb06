package io.engram.trainer.probe;

import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.training.LogitsNetwork;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the network, in evaluation mode, says of a fixed set of examples: training and hold-out
 * examples drawn by the run's seed, and all canaries and ghosts. Onset detection lives on it, so it
 * measures on the run's thread, never skips a look, and looks at the parameters where they lie.
 *
 * <p>Cost: one forward pass of the monitored examples a look, and four bytes for each of their
 * input values (64 MiB at most; inputs of more are copied again at every look).
 */
final class PredictionsProbe implements Probe {
  private static final int CHUNK = 8_192;
  private static final long HELD_VALUES = 1 << 24;

  private final LoopListeners.Context context;
  private final List<MonitoredExamples> chunks;
  private final List<LogitsNetwork.Held> held = new ArrayList<>();
  private @Nullable LogitsNetwork network;

  /**
   * @throws InvalidSettingException if there is nothing to monitor
   */
  PredictionsProbe(LoopListeners.Context context) {
    this.context = context;
    chunks =
        MonitoredExamples.of(context.spec(), context.data()).stream()
            .flatMap(group -> group.chunks(CHUNK))
            .toList();
    if (chunks.isEmpty()) {
      throw new InvalidSettingException(
          "probes.predictions.examples",
          "is 0, must be at least 1 where there are no hold-out examples, canaries or ghosts");
    }
  }

  @Override
  public String name() {
    return "predictions";
  }

  @Override
  public Schedule schedule() {
    return context.spec().probes().predictions().every();
  }

  @Override
  public boolean inline() {
    return true;
  }

  @Override
  public Measurement prepare(TrainingState state) {
    LogitsNetwork asked = network;
    if (asked == null) {
      ExampleSet training = context.data().training();
      asked = new LogitsNetwork(context.configuration(), state.parameters(), training.shape());
      network = asked;
      long examples = chunks.stream().mapToLong(MonitoredExamples::size).sum();
      if (examples * training.shape().size() <= HELD_VALUES) {
        for (MonitoredExamples chunk : chunks) {
          held.add(asked.hold(chunk.set(), chunk.rows()));
        }
      }
    }
    LogitsNetwork ready = asked;
    return findings -> look(ready).forEach(findings::add);
  }

  private List<TrainingEvent> look(LogitsNetwork asked) {
    List<TrainingEvent> events = new ArrayList<>();
    for (int c = 0; c < chunks.size(); c++) {
      MonitoredExamples chunk = chunks.get(c);
      Predictions predictions = new Predictions(asked.outputs(), chunk.size());
      LogitsNetwork.Row row =
          (i, logits, at) -> predictions.set(i, logits, at, chunk.givenLabel(i));
      if (held.isEmpty()) {
        asked.forEach(chunk.set(), chunk.rows(), row);
      } else {
        asked.forEach(held.get(c), row);
      }
      events.add(predictions.event(chunk.role(), c == chunks.size() - 1, chunk.ids()));
    }
    return events;
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
    held.forEach(LogitsNetwork.Held::close);
  }
}
