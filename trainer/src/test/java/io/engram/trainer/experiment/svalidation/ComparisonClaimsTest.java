package io.engram.trainer.experiment.svalidation;

import static io.engram.trainer.experiment.svalidation.MadeUpRuns.GAUSSIAN;
import static io.engram.trainer.experiment.svalidation.MadeUpRuns.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.svalidation.MadeUpRuns.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts on runs that are made up. */
class ComparisonClaimsTest {
  private static Given end(double centre, double validation) {
    return Given.of(20, centre, 0.95, validation);
  }

  private static Given untrained() {
    return Given.of(0, 0.6, 0.7, 0.5);
  }

  /** Networks a, b, d, e, c, f with these centres and validation accuracies at the end. */
  private static MadeUpRuns networks(int seeds, double[] centres, double[] validation) {
    MadeUpRuns runs = new MadeUpRuns();
    List<Net> nets = List.of(Net.A, Net.B, Net.D, Net.E, Net.C, Net.F);
    for (int i = 0; i < nets.size(); i++) {
      runs.with(seeds, REAL, nets.get(i), untrained(), end(centres[i], validation[i]));
    }
    return runs;
  }

  private static List<Claim> pairs(MadeUpRuns runs) {
    return new PairClaims(runs.runs(), REAL).claims();
  }

  @Test
  void whatThePaperSawOfNetworksIsReproduced() {
    double[] centres = {0.8, 0.75, 0.7, 0.65, 0.9, 0.85};
    double[] validation = {0.9, 0.9, 0.91, 0.91, 0.95, 0.96};

    List<Claim> claims = pairs(networks(3, centres, validation));

    assertThat(claims).extracting(Claim::id).containsExactly("N5", "N6", "N7", "N8");
    assertThat(claims).extracting(Claim::verdict).containsOnly(Verdict.REPRODUCED);
    assertThat(claims.get(0).quantities().get(0).toString())
        .startsWith("centre b − a, epoch 20 -0.0500 [");
  }

  @Test
  void theContraryOfNetworksIsNot() {
    double[] centres = {0.6, 0.7, 0.65, 0.75, 0.55, 0.65};
    double[] validation = {0.9, 0.8, 0.9, 0.8, 0.7, 0.7};

    assertThat(pairs(networks(3, centres, validation)))
        .extracting(Claim::verdict)
        .containsOnly(Verdict.NOT_REPRODUCED);
  }

  @Test
  void equalNetworksAreNeitherLowerNorHigherAndTheirNullsDoNotDiffer() {
    double[] same = {0.7, 0.7, 0.7, 0.7, 0.7, 0.7};

    assertThat(pairs(networks(3, same, same)))
        .extracting(Claim::verdict)
        .containsExactly(
            Verdict.INCONCLUSIVE,
            Verdict.INCONCLUSIVE,
            Verdict.NOT_REPRODUCED,
            Verdict.INCONCLUSIVE);
  }

  @Test
  void oneOfTwoPairsIsNotEnough() {
    double[] centres = {0.8, 0.75, 0.75, 0.75, 0.85, 0.8};
    double[] same = {0.9, 0.9, 0.9, 0.9, 0.9, 0.9};

    List<Claim> claims = pairs(networks(3, centres, same));

    assertThat(claims.get(0).verdict())
        .as("N5: b below a, e equal to d")
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(claims.get(3).verdict())
        .as("N8: higher nulls, equal accuracies")
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void twoSeedsDecideNothing() {
    double[] centres = {0.8, 0.75, 0.7, 0.65, 0.9, 0.85};
    double[] validation = {0.9, 0.9, 0.91, 0.91, 0.95, 0.96};

    List<Claim> claims = pairs(networks(2, centres, validation));

    assertThat(claims).extracting(Claim::verdict).containsOnly(Verdict.INCONCLUSIVE);
    assertThat(claims).allMatch(claim -> claim.reason().endsWith("needs --seeds 3 or more"));
  }

  @Test
  void aDifferenceBeforeTrainingIsNotDueToIt() {
    MadeUpRuns runs =
        new MadeUpRuns()
            .with(3, REAL, Net.A, Given.of(0, 0.7, 0.7, 0.5), end(0.8, 0.9))
            .with(3, REAL, Net.D, Given.of(0, 0.6, 0.7, 0.5), end(0.7, 0.9));

    List<Claim> claims = pairs(runs);

    assertThat(claims.get(0).verdict()).as("N5 without b and e").isEqualTo(Verdict.NOT_TESTED);
    assertThat(claims.get(1).verdict()).as("N6 of what was run").isEqualTo(Verdict.REPRODUCED);
    assertThat(claims.get(1).reason()).endsWith("so not attributable to training");
  }

  @Test
  void moreImagesAreComparedNetworkByNetwork() {
    assertThat(sizes(0.7, 0.95).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(sizes(0.9, 0.95).verdict()).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(sizes(0.7, 0.9).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(new SizeClaims(new MadeUpRuns().runs()).claims())
        .extracting(Claim::verdict)
        .containsExactly(Verdict.NOT_TESTED, Verdict.NOT_TESTED);
  }

  private static Claim sizes(double centre, double validation) {
    return new SizeClaims(
            new MadeUpRuns()
                .with(3, REAL, Net.A, untrained(), end(0.8, 0.9))
                .with(3, REAL.with(5_000), Net.A, untrained(), end(centre, validation))
                .runs())
        .claims()
        .get(0);
  }

  @Test
  void theNullRisesAndDeclines() {
    assertThat(overTime(0.8, 0.7))
        .extracting(Claim::verdict)
        .containsExactly(Verdict.REPRODUCED, Verdict.REPRODUCED, Verdict.NOT_TESTED);
    assertThat(overTime(0.5, 0.7))
        .extracting(Claim::verdict)
        .containsExactly(Verdict.NOT_REPRODUCED, Verdict.NOT_REPRODUCED, Verdict.NOT_TESTED);
    MadeUpRuns brief = new MadeUpRuns().with(3, REAL, Net.A, untrained(), end(0.8, 0.9));
    assertThat(new TimeClaims(brief.runs(), REAL).claims())
        .extracting(Claim::verdict)
        .containsOnly(Verdict.NOT_TESTED);
  }

  private static List<Claim> overTime(double middle, double end) {
    MadeUpRuns runs =
        new MadeUpRuns()
            .with(
                3,
                REAL,
                Net.A,
                untrained(),
                Given.of(500, middle, 0.9, 0.9),
                Given.of(2_000, end, 0.9, 0.9));
    return new TimeClaims(runs.runs(), REAL).claims();
  }

  @Test
  void phasesOfLearningNoise() {
    assertThat(phases(3, 0.6, 0.8, 0.7, 0.99).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(phases(3, 0.6, 0.8, 0.85, 0.99).verdict())
        .as("no decline")
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(phases(3, 0.7, 0.8, 0.7, 0.99).verdict())
        .as("begins above the null")
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(phases(3, 0.6, 0.8, 0.7, 0.8).verdict())
        .as("observed falls")
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(phases(1, 0.6, 0.8, 0.7, 0.99).verdict())
        .as("one seed")
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Claim phases(int seeds, double begin, double middle, double end, double observed) {
    MadeUpRuns runs =
        new MadeUpRuns()
            .with(
                seeds,
                GAUSSIAN,
                Net.D,
                untrained(),
                Given.of(10, 0.6, begin, 0.5),
                Given.of(200, middle, 0.95, 0.5),
                Given.of(500, end, observed, 0.5));
    List<Claim> claims = new TimeClaims(runs.runs(), REAL).claims();
    return claims.get(claims.size() - 1);
  }
}
