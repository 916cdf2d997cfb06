package io.engram.trainer.experiment.grid;

import io.engram.events.ExamplesClassified;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.ProbesReported;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEvent;
import org.jspecify.annotations.Nullable;

/** What of a run is kept for detectors to be judged by. */
public final class KeptEvents {
  private static final float[] NOT_KEPT = {};

  private KeptEvents() {}

  /**
   * An event without those measurements that no detector needs; null where nothing is left of it.
   */
  public static @Nullable TrainingEvent forDetectors(TrainingEvent event) {
    if (event instanceof GradientNormsMeasured
        || event instanceof TrainerReported
        || event instanceof ProbesReported) {
      return null;
    }
    return event instanceof ExamplesClassified classified
        ? new ExamplesClassified(
            classified.ids(),
            classified.given(),
            classified.predicted(),
            classified.loss(),
            classified.margin(),
            NOT_KEPT,
            NOT_KEPT,
            NOT_KEPT,
            NOT_KEPT)
        : event;
  }
}
