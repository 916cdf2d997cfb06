package io.engram.trainer.training;

import io.engram.events.EpochCompleted;
import io.engram.events.ExamplesClassified;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps what a loop emits. */
final class Recorder implements EventSink {
  final List<TrainingEvent> events = new ArrayList<>();

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    events.add(event);
  }

  <T extends TrainingEvent> List<T> of(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).collect(Collectors.toList());
  }

  /** All events of a whole run. */
  static List<TrainingEvent> run(RunSpec spec, RunData data) {
    Recorder recorder = new Recorder();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, recorder)) {
      while (loop.advance()) {}
    }
    return recorder.events;
  }

  /** Everything that was measured, to the last bit, without times. */
  static List<String> bits(List<TrainingEvent> events) {
    List<String> lines = new ArrayList<>();
    for (TrainingEvent event : events) {
      if (event instanceof StepCompleted step) {
        lines.add(
            "step %d %d %s %s"
                .formatted(step.examples(), step.correct(), step.lossSum(), step.learningRate()));
      } else if (event instanceof ExamplesClassified examples) {
        lines.add(
            Arrays.toString(examples.ids())
                + Arrays.toString(examples.predicted())
                + Arrays.toString(examples.loss())
                + Arrays.toString(examples.margin())
                + Arrays.toString(examples.inputGradientL1())
                + Arrays.toString(examples.inputGradientL2())
                + Arrays.toString(examples.layerGradientNorms()));
      } else if (event instanceof GradientNormsMeasured norms) {
        lines.add(
            Arrays.toString(norms.gradient())
                + Arrays.toString(norms.update())
                + Arrays.toString(norms.parameters()));
      } else if (event instanceof EpochCompleted epoch) {
        lines.add(epoch.evaluations().toString());
      }
    }
    return lines;
  }
}
