package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindfoldTest {
  private static List<EventEnvelope> run() {
    return new Made()
        .described(ExampleRole.TRAINING, new int[] {1, 0}, new int[] {0, 0})
        .described(ExampleRole.VALIDATION, new int[] {1}, new int[] {1})
        .described(ExampleRole.HOLDOUT, new int[] {2}, new int[] {0})
        .described(ExampleRole.CANARY, new int[] {3}, new int[] {0})
        .evaluated(0, 500)
        .look(0, ExampleRole.TRAINING, false, new int[] {1, 0})
        .look(0, ExampleRole.HOLDOUT, true, new int[] {1})
        .look(5, ExampleRole.TRAINING, false, new int[] {1, 0})
        .look(5, ExampleRole.HOLDOUT, false, new int[] {1})
        .look(5, ExampleRole.CANARY, true, new int[] {1})
        .finished(10);
  }

  private static <T extends TrainingEvent> List<T> of(List<EventEnvelope> events, Class<T> type) {
    return events.stream()
        .map(EventEnvelope::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void noTruthIsSeen() {
    List<EventEnvelope> seen = Blindfold.over(run(), true);

    assertThat(of(seen, RunStarted.class).get(0).noise())
        .isEqualTo(new RunStarted.Noise("none", 0, 0, "none", 0, 0, 0));
    assertThat(of(seen, ExamplesDescribed.class))
        .extracting(ExamplesDescribed::role)
        .containsExactly(ExampleRole.TRAINING, ExampleRole.HOLDOUT, ExampleRole.CANARY);
    assertThat(of(seen, ExamplesDescribed.class).get(0).trueLabels()).containsExactly(-1, -1);
    assertThat(of(seen, ExamplesDescribed.class).get(1).trueLabels()).containsExactly(-1);
    assertThat(of(seen, ExamplesDescribed.class).get(2).trueLabels())
        .as("whoever draws a canary knows over which classes")
        .containsExactly(0);
    assertThat(of(seen, EpochCompleted.class).get(0).evaluations())
        .containsExactly(
            new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 40, 20, 3),
            new Evaluation(Split.HOLDOUT, LabelGroup.CLEAN, 20, 8, 2));
    assertThat(seen).extracting(EventEnvelope::sequence).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aLookWithoutTheHoldOutStillEnds() {
    List<EventEnvelope> seen = Blindfold.over(run(), false);

    assertThat(of(seen, PredictionsMonitored.class))
        .extracting(look -> look.role() + " " + look.completesLook())
        .containsExactly("TRAINING true", "TRAINING false", "CANARY true");
    assertThat(of(seen, ExamplesDescribed.class))
        .extracting(ExamplesDescribed::role)
        .doesNotContain(ExampleRole.HOLDOUT);
    assertThat(of(seen, EpochCompleted.class).get(0).evaluations())
        .extracting(Evaluation::split)
        .containsExactly(Split.TRAIN);
  }
}
