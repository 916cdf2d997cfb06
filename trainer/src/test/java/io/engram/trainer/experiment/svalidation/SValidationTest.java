package io.engram.trainer.experiment.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Figure;
import io.engram.trainer.experiment.OnGlyphs;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Table;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.RandomForest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SValidationTest {
  private static final NullProfile TINY = new NullProfile("TINY", new RandomForest(5), 4, 4, 1);
  private static final NullProfile LARGER = new NullProfile("MORE", new RandomForest(9), 4, 4, 1);

  private static ExperimentContext context(Map<String, String> given) {
    Map<String, String> settings = new HashMap<>();
    settings.put("networks", "a,d");
    settings.put("training", "60");
    settings.put("validation", "20");
    settings.put("batch", "20");
    settings.put("epochs", "2");
    settings.put("cnn-epochs", "1");
    settings.put("seeds", "1");
    settings.putAll(given);
    return OnGlyphs.context(Settings.DECLARED, settings);
  }

  private static Report run(Map<String, String> given) {
    return new SValidation(TINY, LARGER).run(context(given));
  }

  private static Table table(Report report, String name) {
    return report.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyCheckpointAndBothControlsAreScored() {
    Report report = run(Map.of("optimizers", "sgd,rmsprop", "confirm", "true"));

    List<List<Object>> scores = table(report, "scores").rows();
    // 2 networks × 2 inputs × 2 optimizers, each pixels and epochs 0, 1, 2 of 4 sets.
    assertThat(scores.stream().filter(row -> row.get(7).toString().contains("trees=5")))
        .hasSize(8 * 4 * 4);
    assertThat(scores).extracting(row -> row.get(5)).contains("pixels", "0", "1", "2");
    assertThat(table(report, "checkpoints").rows()).hasSize(8 * 3);
    assertThat(table(report, "ranking-5").rows()).hasSize(4 * 2);
    assertThat(table(report, "verdicts-100").rows()).hasSize(8);
    assertThat(report.figures())
        .extracting(Figure::name)
        .contains("null-a-real-sgd-60", "null-d-gaussian-rmsprop-60", "centres-5-real-sgd-60");
    assertThat(report.claims())
        .extracting(Claim::id)
        .containsSubsequence("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9")
        .containsSubsequence("N9", "N10", "N11", "N12", "N13");
    assertThat(report.notes().get(0)).contains("not the paper's images");
    assertThat(scores.stream().filter(row -> row.get(7).toString().contains("trees=9")))
        .as("confirmed where undecided or below")
        .isNotEmpty();
  }

  @Test
  void theSeedFixesEverythingAndThreadsNothing() {
    Map<String, String> one = Map.of("networks", "d,c", "inputs", "real", "threads", "1");
    Map<String, String> two = Map.of("networks", "d,c", "inputs", "real", "threads", "2");
    Map<String, String> other = Map.of("networks", "d", "inputs", "real", "first-seed", "7");

    List<List<Object>> scores = table(run(one), "scores").rows();

    assertThat(table(run(two), "scores").rows()).isEqualTo(scores);
    assertThat(table(run(other), "scores").rows().get(3).get(24))
        .as("counts on pixels, all shuffled")
        .isNotEqualTo(scores.get(3).get(24));
  }

  /** Networks of their own change nothing of the paper's scores. */
  @Test
  void networksThatAreTrainedOnShuffledLabelsAreScoredUnderThem() {
    Map<String, String> plain =
        Map.of(
            "networks",
            "a",
            "inputs",
            "real",
            "optimizers",
            "rmsprop",
            "epochs",
            "60",
            "seeds",
            "2");
    Map<String, String> more = new HashMap<>(plain);
    more.put("shuffled-networks", "3");
    Report report = run(more);

    assertThat(table(report, "scores").rows()).isEqualTo(table(run(plain), "scores").rows());
    List<List<Object>> rows = table(report, "shuffled-networks").rows();
    assertThat(rows).as("2 seeds, 4 sets, 3 networks").hasSize(2 * 4 * 3);
    for (List<Object> row : rows) {
      assertThat((double) row.get(5)).isBetween(0.2, 1.0);
      assertThat((double) row.get(6)).as("of their own labels").isGreaterThan(0.6);
    }
    List<Claim> claims =
        report.claims().stream().filter(claim -> claim.id().equals("shuffled-networks")).toList();
    assertThat(claims).hasSize(4);
    assertThat(claims.get(0).quantities().get(0).value())
        .isCloseTo(
            mean(rows.stream().filter(row -> row.get(3).equals("1 %")).toList(), 7)
                - mean(rows.stream().filter(row -> row.get(3).equals("1 %")).toList(), 5),
            within(1e-12));
  }

  private static double mean(List<List<Object>> rows, int column) {
    return rows.stream().mapToDouble(row -> (double) row.get(column)).average().orElseThrow();
  }

  /** Two of three networks score lower than the one with the true labels, one as high. */
  @Test
  void pCountsTheNetworkWithTheTrueLabels() {
    NetworkRun run =
        new MadeUpRuns()
            .with(
                1,
                MadeUpRuns.REAL,
                Net.A,
                MadeUpRuns.Given.of(0, 0.5, 0.5, 0.5),
                MadeUpRuns.Given.of(9, 0.6, 0.8, 0.9))
            .runs()
            .all()
            .get(0);
    int observed = run.last().scores().sets().get(1).observed();
    int[] scores = {observed - 1, observed, observed - 30};
    ShuffledNetworks networks =
        new ShuffledNetworks(run, new int[][] {scores, scores}, new double[] {1, 1, 1});

    assertThat(networks.p(1)).isEqualTo(0.5);
    assertThat(networks.observed(1) - networks.centre(1)).isCloseTo(31 / 3e3, within(1e-9));
  }

  @Test
  void noiseReplacesAllInputsUnderTheSameLabels() {
    Settings settings = new Settings(context(Map.of()).parameters());
    Images real = Images.load(context(Map.of()), settings, Inputs.REAL, 60, 1);
    Images noise = Images.load(context(Map.of()), settings, Inputs.GAUSSIAN, 60, 1);

    assertThat(ids(noise)).isEqualTo(ids(real));
    assertThat(noise.labels()).isEqualTo(real.labels()).containsOnly(0, 1);
    assertThat(noise.validation().size()).isEqualTo(20);
    assertThat(IntStream.range(0, 20).filter(row -> noise.validation().inputReplaced(row)).count())
        .isEqualTo(20);
    assertThat(IntStream.range(0, 20).map(noise.validation()::id))
        .doesNotContainAnyElementsOf(IntStream.of(ids(noise)).boxed().toList());
    float[] inputs = new float[60 * noise.training().shape().size()];
    for (int row = 0; row < 60; row++) {
      noise.training().copyInput(row, inputs, row * noise.training().shape().size());
    }
    double sum = 0;
    double squares = 0;
    for (float input : inputs) {
      sum += input;
      squares += input * input;
    }
    assertThat(sum / inputs.length).isCloseTo(0, within(0.03));
    assertThat(squares / inputs.length).isCloseTo(1, within(0.03));
  }

  private static int[] ids(Images images) {
    return IntStream.range(0, images.training().size()).map(images.training()::id).toArray();
  }

  @Test
  void theGridEndsWithTheScheduleOfTheNetwork() {
    Settings settings =
        new Settings(context(Map.of("epochs", "30", "cnn-epochs", "5")).parameters());

    assertThat(settings.grid(Net.A)).containsExactly(0, 1, 2, 5, 10, 20, 30);
    assertThat(settings.grid(Net.F)).containsExactly(0, 1, 2, 5);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> run(Map.of("batch", "61")))
        .hasMessage("--batch: is 61, must be at most the 60 of --training");
    assertThatThrownBy(() -> run(Map.of("fractions", "0.1,0.1")))
        .hasMessage("--fractions: is [0.1, 0.1], must be different numbers");
  }
}
