package io.engram.trainer.experiment.onset;

import io.engram.events.EventEnvelope;
import io.engram.events.RunFinished;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.TrainingLoop;
import java.util.List;

/** Trains one run, every measurement on its own thread. */
final class Trainer {
  private Trainer() {}

  static List<EventEnvelope> train(RunSpec spec, DataLocations locations) {
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            spec.training().seed(),
            locations,
            DownloadProgress.NONE);
    SeriesRecorder recorder = new SeriesRecorder(spec.run());
    try (TrainingLoop loop = TrainingLoop.start(spec, data, recorder, Probes::synchronous)) {
      while (loop.advance()) {}
      recorder.emit(loop.epoch(), loop.step(), new RunFinished(RunFinished.Outcome.COMPLETED, ""));
    }
    return recorder.events();
  }
}
