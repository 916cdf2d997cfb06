package io.engram.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.ExamplesClassified;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NoiseSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MislabelScoresTest {
  private final ExampleSet examples =
      Datasets.load(
              new DataSpec("glyphs", null, 3, 1, 0, 1, true, false),
              NoiseSpec.NONE,
              1,
              new DataLocations(List.of(), Path.of("none")),
              DownloadProgress.NONE)
          .training();
  private final MislabelScores scores = new MislabelScores(examples);

  /** Two presentations of rows 0 and 1, in different orders. */
  @Test
  void addsUpWhatTheStepsShowed() {
    see(new int[] {1, 0}, new boolean[] {true, false}, new float[] {1, 2}, new float[] {3, -1});
    see(new int[] {0, 1}, new boolean[] {false, false}, new float[] {4, 5}, new float[] {-2, -4});

    assertThat(scores.of(MislabelScore.AUM)[0]).isCloseTo(1.5f, within(1e-6f));
    assertThat(scores.of(MislabelScore.AUM)[1]).isCloseTo(0.5f, within(1e-6f));
    assertThat(scores.of(MislabelScore.CSL)[0]).isEqualTo(6);
    assertThat(scores.of(MislabelScore.CSL)[1]).isEqualTo(6);
    assertThat(scores.of(MislabelScore.CSG)[0]).isEqualTo(2 * 2 + 4 * 4);
    assertThat(scores.of(MislabelScore.CSG)[1]).isEqualTo(1 + 5 * 5);
    assertThat(scores.of(MislabelScore.FORGETTING)[1]).isEqualTo(1);
    assertThat(scores.of(MislabelScore.FORGETTING)[0])
        .as("never right is above all counts")
        .isGreaterThan(1000);
  }

  @Test
  void combinedIsTheMeanOfTheRanks() {
    see(
        new int[] {0, 1, 2},
        new boolean[] {false, true, true},
        new float[] {3, 1, 2},
        new float[] {-3, 5, 1});

    // AUM, CSL and CSG rank 1 < 2 < 0; by forgetting 1 and 2 are equal.
    assertThat(scores.of(MislabelScore.COMBINED)[0]).isCloseTo(1, within(1e-6f));
    assertThat(scores.of(MislabelScore.COMBINED)[1])
        .isCloseTo((3 * 1 / 3f + 1.5f / 3) / 4, within(1e-6f));
    assertThat(scores.of(MislabelScore.COMBINED)[2])
        .isCloseTo((3 * 2 / 3f + 1.5f / 3) / 4, within(1e-6f));
    assertThat(scores.auroc(MislabelScore.COMBINED, new boolean[] {true, false, false}))
        .isEqualTo(1);
    assertThat(scores.auroc(MislabelScore.COMBINED, new boolean[] {false, false, true}))
        .isEqualTo(0.5);
  }

  private void see(int[] rows, boolean[] right, float[] loss, float[] margin) {
    int[] ids = new int[rows.length];
    int[] given = new int[rows.length];
    int[] predicted = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ids[i] = examples.id(rows[i]);
      given[i] = examples.givenLabel(rows[i]);
      predicted[i] = right[i] ? given[i] : (given[i] + 1) % 10;
    }
    float[] none = new float[0];
    scores.emit(
        0, 0, new ExamplesClassified(ids, given, predicted, loss, margin, none, loss, none, none));
  }
}
