package io.engram.trainer.experiment.easyhard;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Report;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EasyHardTest {
  private final EasyHard experiment = new EasyHard();

  private Report run(Map<String, String> settings) {
    return OnGlyphs.run(experiment, settings);
  }

  /** A1 and A2 in what is certain at this scale: of 20 runs, chance alone loses some of all. */
  @Test
  void glyphsAreEasyOrHardAndNoiseIsAllAlike() {
    Report report =
        run(
            Map.of(
                "runs",
                "20",
                "training",
                "1000",
                "evaluated",
                "500",
                "units",
                "64",
                "permutations",
                "99"));

    Map<String, Claim> claims =
        report.claims().stream().collect(Collectors.toMap(Claim::id, claim -> claim));
    assertThat(within(claims.get("A2"), "randX")).isBetween(0.8, 1.2);
    assertThat(within(claims.get("A1"), "real")).isGreaterThan(3.3);
    assertThat(report.tables().get(1).rows()).hasSize(500);
  }

  private static double within(Claim claim, String condition) {
    return claim.quantities().stream()
        .filter(quantity -> quantity.name().equals("phi within classes, " + condition))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void sameSeedSameNumbers() {
    Map<String, String> tiny =
        Map.of("runs", "2", "training", "40", "evaluated", "20", "permutations", "19");

    assertThat(run(tiny).tables()).isEqualTo(run(tiny).tables());
  }

  @Test
  void theReferenceIsBinomial() {
    double[] failures = EasyHard.reference(0.9, 100, new Random(1));

    assertThat(failures).isSorted().hasSize(1000);
    assertThat(failures[500]).isBetween(0.09, 0.11);
    assertThat(failures[975]).isBetween(0.14, 0.18);
  }

  @Test
  void moreEvaluatedThanTrainedOnIsRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> run(Map.of("training", "40,20", "evaluated", "30", "batch", "5")))
        .hasMessage("--evaluated: is 30, must be at most the 20 of --training");
  }
}
