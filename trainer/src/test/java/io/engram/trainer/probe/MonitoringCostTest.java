package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MonitoringCostTest {
  /** 4,900 training examples and 100 canaries: 5,000 rows, 50 steps an epoch. */
  private static Optional<String> line(String every) {
    RunSpec spec =
        RunFiles.parse(
            "test",
            """
            data: {name: glyphs, training: 4900, holdout: 300}
            canaries: {count: 100, ghosts: 50}
            network: mlp:784-10
            training: {epochs: 4, batch: 100}
            """,
            List.of("probes.predictions.every=" + every));
    return MonitoringCost.line(
        spec,
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            1,
            new DataLocations(List.of(), Path.of("none")),
            DownloadProgress.NONE));
  }

  /** 500 + 300 + 100 + 50 forward passes a look against 15,000 an epoch. */
  @ParameterizedTest
  @CsvSource({
    "0.5 epochs, twice an epoch: 12.7 %",
    "1 epoch, once an epoch: 6.3 %",
    "10 steps, 5.00 times an epoch: 31.7 %",
    "logarithmic, 0.500 times an epoch: 3.2 %"
  })
  void countsForwardPasses(String every, String expected) {
    assertThat(line(every))
        .contains("monitoring 950 predictions " + expected + " of a training epoch's arithmetic");
  }

  @Test
  void saysNothingWhereNothingIsMonitored() {
    assertThat(line("never")).isEmpty();
  }
}
