package io.engram.trainer.experiment.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Parameters;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.sensitivity.Discarding.Outcome;
import io.engram.trainer.experiment.sensitivity.Discarding.Part;
import io.engram.trainer.experiment.sensitivity.Discarding.Trial;
import io.engram.trainer.spec.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscardingTest {
  private static final double[] SENSITIVITIES = {3, 1, 4, 1, 5, 9, 2, 6};

  private final Discarding experiment = new Discarding();

  private Report run(Map<String, String> settings) {
    return OnGlyphs.run(experiment, settings);
  }

  @Test
  void partsAreWhatTheyAreCalled() {
    assertThat(Discarding.rows(Part.ALL, SENSITIVITIES, 3, 1)).hasSize(8);
    assertThat(Discarding.rows(Part.MOST, SENSITIVITIES, 3, 1)).containsExactly(5, 7, 4);
    assertThat(Discarding.rows(Part.LEAST, SENSITIVITIES, 3, 1)).containsExactly(1, 3, 6);
    assertThat(Discarding.rows(Part.RANDOM, SENSITIVITIES, 3, 1))
        .hasSize(3)
        .doesNotHaveDuplicates()
        .isEqualTo(Discarding.rows(Part.RANDOM, SENSITIVITIES, 3, 1))
        .isNotEqualTo(Discarding.rows(Part.RANDOM, SENSITIVITIES, 3, 2));
  }

  @Test
  void aVerdictIsThatOfTheDifferenceToRandomOverSeeds() {
    List<Trial> trials = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      double random = 0.5 + 0.1 * seed;
      trials.add(trial(0, seed, random + 0.05 + 0.001 * seed, random));
      trials.add(trial(0.2, seed, random - 0.05 + 0.001 * seed, random));
    }
    List<Claim> claims =
        new DiscardingReport(Parameters.of(experiment.parameters(), Map.of()), "made up", trials)
            .report()
            .claims();

    assertThat(claims)
        .extracting(Claim::verdict)
        .containsExactly(Verdict.REPRODUCED, Verdict.NOT_REPRODUCED);
    assertThat(claims.get(0).quantities().get(0).value()).isCloseTo(0.052, within(1e-12));
  }

  private static Trial trial(double noise, long seed, double most, double random) {
    return new Trial(
        noise,
        seed,
        Map.of(
            Part.ALL, new Outcome(0.9, noise),
            Part.MOST, new Outcome(most, noise),
            Part.LEAST, new Outcome(0.1, noise),
            Part.RANDOM, new Outcome(random, noise)));
  }

  /** Glyphs are learned from, and the share of wrong labels is known. */
  @Test
  void fewGlyphsAreDiscarded() {
    Report report =
        run(
            Map.ofEntries(
                Map.entry("training", "120"),
                Map.entry("validation", "200"),
                Map.entry("epochs", "20"),
                Map.entry("points", "1"),
                Map.entry("batch", "20"),
                Map.entry("seeds", "2")));

    assertThat(report.claims()).hasSize(2);
    assertThat(report.tables().get(0).rows()).hasSize(2 * 2 * 4);
    for (List<Object> row : report.tables().get(0).rows()) {
      double noise = (double) row.get(0);
      assertThat((double) row.get(3)).as("chance is 0.1").isGreaterThan(noise > 0 ? 0.12 : 0.2);
      if (row.get(2).equals(Part.ALL.words)) {
        assertThat((double) row.get(4)).isCloseTo(0.9 * noise, within(0.1));
      }
    }
    Quantity most = report.claims().get(0).quantities().get(0);
    assertThat(most.name()).isEqualTo("accuracy, most sensitive minus random");
    assertThat(most.low()).isLessThan(most.value());
  }

  @Test
  void aBatchLargerThanWhatIsKeptIsRefused() {
    assertThatThrownBy(() -> run(Map.of("training", "100", "kept", "0.2", "batch", "30")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("--batch: is 30, must be at most the 20 kept");
  }
}
