package io.engram.trainer.experiment.onset;

import io.engram.events.EventEnvelope;
import io.engram.events.RunStarted;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Judges a run by its series. */
final class Judge {
  /** What detectors could see beside the training examples. */
  static final List<String> VIEWS = List.of("hold-out", "no hold-out");

  private Judge() {}

  /**
   * @throws IOException if the series cannot be read
   */
  static JudgedRun judge(PlannedRun run, SeriesStore store) throws IOException {
    List<EventEnvelope> events = store.read(run);
    return new JudgedRun(
        run,
        TruthFinder.of(events),
        Map.of(
            VIEWS.get(0), Replay.of(Blindfold.over(events, true), RunStarted.Onset.DEFAULT),
            VIEWS.get(1), Replay.of(Blindfold.over(events, false), RunStarted.Onset.DEFAULT)));
  }
}
