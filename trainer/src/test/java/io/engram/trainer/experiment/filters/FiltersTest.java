package io.engram.trainer.experiment.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Trainee;
import io.engram.trainer.experiment.filters.FilterPicture.Row;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private static FilterBank bank(int filters, int channels, double... weights) {
    float[] values = new float[weights.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) weights[i];
    }
    int edge = (int) Math.round(Math.sqrt(weights.length / (double) (filters * channels)));
    return new FilterBank(filters, channels, edge, edge, values);
  }

  /** A slope of 3 × 3: six pairs differ by 1 and six by nothing, the variance is 6/8. */
  @Test
  void aSlopeIsSmoothAndAChessboardTheOpposite() {
    assertThat(bank(1, 1, 0, 1, 2, 0, 1, 2, 0, 1, 2).smoothness())
        .isCloseTo(1 - 6 / (2 * 0.75 * 12), within(1e-12));
    assertThat(bank(1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1).smoothness()).isLessThan(-0.5);
    assertThat(bank(1, 1, 2, 2, 2, 2).smoothness()).isNaN();
    assertThat(bank(2, 1, 2, 2, 2, 2, 0, 1, 0, 1).smoothness())
        .as("the channel without variance is left out")
        .isEqualTo(bank(1, 1, 0, 1, 0, 1).smoothness());
  }

  /** The same weights in a random order, again and again. */
  @Test
  void zeroIsTheMeanOverAllOrders() {
    Random random = new Random(3);
    double[] weights = IntStream.range(0, 25).mapToDouble(i -> i * i).toArray();
    double sum = 0;
    int orders = 20_000;
    for (int order = 0; order < orders; order++) {
      int[] at = IntStream.range(0, 25).toArray();
      Trainee.shuffle(at, random);
      sum += bank(1, 1, IntStream.of(at).mapToDouble(i -> weights[i]).toArray()).smoothness();
    }
    assertThat(sum / orders).isCloseTo(0, within(0.005));
    assertThat(bank(1, 1, weights).smoothness()).isGreaterThan(0.5);
  }

  @Test
  void aPictureShowsColoursAndKeepsWordsOutOfItsMarkup() {
    FilterBank colours = bank(1, 3, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0);
    String svg =
        new FilterPicture("filters", "a < b", List.of(new Row("one & two", colours))).svg();

    assertThat(svg)
        .startsWith("<svg ")
        .endsWith("</svg>\n")
        .contains("a &lt; b", "one &amp; two", "#000000", "#ff0000", "#00ff00", "#0000ff");
  }

  /** All of a seed's networks begin alike, and filters move in training. */
  @Test
  void fewImagesAreTrainedOn() {
    Filters experiment = new Filters();
    Map<String, String> settings =
        Map.of("training", "60", "epochs", "1", "filters", "3", "batch", "20", "seeds", "2");
    Report report = OnGlyphs.run(experiment, settings);

    Claim claim = report.claims().get(0);
    assertThat(claim.id()).isEqualTo("A3");
    assertThat(claim.quantities().get(0).name()).isEqualTo("smoothness, randY minus untrained");
    assertThat(claim.quantities().get(0).low()).isNotNaN();
    List<List<Object>> rows = report.tables().get(0).rows();
    assertThat(rows).hasSize(6);
    assertThat(rows.subList(0, 3)).extracting(row -> row.get(2)).containsOnly(rows.get(0).get(2));
    assertThat(rows.get(3).get(2)).as("another seed").isNotEqualTo(rows.get(0).get(2));
    for (List<Object> row : rows) {
      assertThat((double) row.get(2)).as("untrained").isCloseTo(0, within(0.3));
      assertThat(row.get(3)).isNotEqualTo(row.get(2));
    }
    assertThat(report.figures()).hasSize(1);
    assertThat(report.figures().get(0).svg()).contains("untrained", "real", "randX", "randY");
  }
}
