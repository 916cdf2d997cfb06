package io.engram.trainer.experiment.onset;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.LabelGroup;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a run as they would be if nothing were known of its noise: no true labels, no
 * evaluation that needs them, no examples with clean labels, and where it is asked for no hold-out.
 * The labels of canaries stay, since whoever trains draws them.
 */
final class Blindfold {
  private final boolean holdout;
  private final List<EventEnvelope> out = new ArrayList<>();
  private final List<EventEnvelope> look = new ArrayList<>();

  private Blindfold(boolean holdout) {
    this.holdout = holdout;
  }

  /**
   * @param holdout whether the hold-out may be seen
   */
  static List<EventEnvelope> over(List<EventEnvelope> events, boolean holdout) {
    Blindfold blindfold = new Blindfold(holdout);
    events.forEach(blindfold::take);
    return blindfold.out;
  }

  private void take(EventEnvelope envelope) {
    if (envelope.event() instanceof RunStarted started) {
      add(envelope, withoutNoise(started));
    } else if (envelope.event() instanceof ExamplesDescribed described) {
      if (isSeen(described.role())) {
        add(envelope, withoutTruth(described));
      }
    } else if (envelope.event() instanceof EpochCompleted completed) {
      add(envelope, new EpochCompleted(seen(completed), completed.durationSeconds()));
    } else if (envelope.event() instanceof PredictionsMonitored monitored) {
      take(envelope, monitored);
    } else {
      add(envelope, envelope.event());
    }
  }

  private boolean isSeen(ExampleRole role) {
    return role != ExampleRole.VALIDATION && (holdout || role != ExampleRole.HOLDOUT);
  }

  /** A look ends with the last of its roles that is seen. */
  private void take(EventEnvelope envelope, PredictionsMonitored monitored) {
    if (isSeen(monitored.role())) {
      look.add(envelope);
    }
    if (monitored.completesLook()) {
      for (int i = 0; i < look.size(); i++) {
        PredictionsMonitored part = (PredictionsMonitored) look.get(i).event();
        add(look.get(i), withEnd(part, i == look.size() - 1));
      }
      look.clear();
    }
  }

  private static PredictionsMonitored withEnd(PredictionsMonitored part, boolean last) {
    return new PredictionsMonitored(
        part.role(),
        last,
        part.classes(),
        part.ids(),
        part.top(),
        part.probabilities(),
        part.givenProbability(),
        part.givenRank());
  }

  private static RunStarted withoutNoise(RunStarted started) {
    return new RunStarted(
        started.dataset(),
        new RunStarted.Noise("none", 0, 0, "none", 0, 0, 0),
        started.network(),
        started.training(),
        started.device(),
        started.resumedFromStep(),
        started.onset());
  }

  private static ExamplesDescribed withoutTruth(ExamplesDescribed described) {
    if (described.role() == ExampleRole.CANARY || described.role() == ExampleRole.GHOST) {
      return described;
    }
    int[] unknown = new int[described.ids().length];
    Arrays.fill(unknown, -1);
    return new ExamplesDescribed(
        described.role(), described.ids(), described.givenLabels(), unknown);
  }

  /** The groups of a split together, for telling them apart takes the truth. */
  private List<Evaluation> seen(EpochCompleted completed) {
    Map<Split, Evaluation> splits = new EnumMap<>(Split.class);
    for (Evaluation evaluation : completed.evaluations()) {
      Split split = evaluation.split();
      boolean wrong = split == Split.CANARY || split == Split.GHOST;
      if (split == Split.TRAIN || wrong || (holdout && split == Split.HOLDOUT)) {
        LabelGroup group = wrong ? LabelGroup.FLIPPED : LabelGroup.CLEAN;
        Evaluation before = splits.getOrDefault(split, new Evaluation(split, group, 0, 0, 0));
        splits.put(
            split,
            new Evaluation(
                split,
                group,
                before.examples() + evaluation.examples(),
                before.correct() + evaluation.correct(),
                before.lossSum() + evaluation.lossSum()));
      }
    }
    return List.copyOf(splits.values());
  }

  private void add(EventEnvelope envelope, TrainingEvent event) {
    out.add(
        new EventEnvelope(
            envelope.run(),
            envelope.incarnation(),
            out.size(),
            envelope.epoch(),
            envelope.step(),
            envelope.timestampMillis(),
            event));
  }
}
