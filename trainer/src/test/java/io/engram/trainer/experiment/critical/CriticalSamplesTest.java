package io.engram.trainer.experiment.critical;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Report;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriticalSamplesTest {
  private static Report run() {
    CriticalSamples experiment = new CriticalSamples();
    return OnGlyphs.run(
        experiment,
        Map.of(
            "training",
            "200",
            "searched",
            "60",
            "shares",
            "1",
            "radii",
            "1,25",
            "iterations",
            "5",
            "epochs",
            "10",
            "units",
            "32"));
  }

  /** Real, random labels, random inputs; looks after epochs 1 to 10; two splits and radii. */
  @Test
  void searchesAtEveryLookAndRandomLabelsBringBoundariesCloser() {
    Report report = run();

    List<List<Object>> looks = report.tables().get(2).rows();
    assertThat(looks).hasSize(3 * 10 * 2 * 2);
    assertThat(ratio(looks, "randY 1.0", 25.0)).isGreaterThan(ratio(looks, "real", 25.0));
    assertThat(ratio(looks, "real", 25.0)).isGreaterThanOrEqualTo(ratio(looks, "real", 1.0));
    assertThat(report.claims()).as("six at each radius").hasSize(12);
    assertThat(run().tables()).as("same seed, same numbers").isEqualTo(report.tables());
  }

  /** Of the validation examples at the last look. */
  private static double ratio(List<List<Object>> looks, String data, double radius) {
    return looks.stream()
        .filter(row -> row.get(0).equals(data) && row.get(1).equals("validation"))
        .filter(row -> row.get(2).equals(radius))
        .reduce((first, second) -> second)
        .map(row -> (Double) row.get(6))
        .orElseThrow();
  }
}
