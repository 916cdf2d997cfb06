package io.engram.trainer.probe;

import io.engram.events.PredictionsMonitored;
import io.engram.events.TrainingEvent;
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
 * <p>Cost: one forward pass of the monitored examples a look.
 */
final class PredictionsProbe implements Probe {
  private static final int CHUNK = 8_192;

  private final LoopListeners.Context context;
  private final List<MonitoredExamples> monitored;
  private @Nullable LogitsNetwork network;

  /**
   * @throws InvalidSettingException if there is nothing to monitor
   */
  PredictionsProbe(LoopListeners.Context context) {
    this.context = context;
    monitored = MonitoredExamples.of(context.spec(), context.data());
    if (monitored.isEmpty()) {
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
    if (network == null) {
      network =
          new LogitsNetwork(
              context.configuration(), state.parameters(), context.data().training().shape());
    }
    LogitsNetwork asked = network;
    return () -> look(asked);
  }

  private List<TrainingEvent> look(LogitsNetwork asked) {
    List<TrainingEvent> events = new ArrayList<>();
    for (MonitoredExamples group : monitored) {
      boolean lastGroup = group == monitored.get(monitored.size() - 1);
      for (int from = 0; from < group.size(); from += CHUNK) {
        int to = Math.min(from + CHUNK, group.size());
        events.add(look(asked, group.part(from, to), lastGroup && to == group.size()));
      }
    }
    return events;
  }

  private static PredictionsMonitored look(
      LogitsNetwork asked, MonitoredExamples chunk, boolean completesLook) {
    Predictions predictions = new Predictions(asked.outputs(), chunk.size());
    asked.forEach(
        chunk.set(),
        chunk.rows(),
        (i, logits, at) -> predictions.set(i, logits, at, chunk.set().givenLabel(chunk.rows()[i])));
    return predictions.event(chunk.role(), completesLook, chunk.ids());
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
