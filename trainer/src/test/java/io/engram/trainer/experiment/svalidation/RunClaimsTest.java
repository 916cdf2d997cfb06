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
class RunClaimsTest {
  private static List<Claim> claims(MadeUpRuns runs) {
    return new RunClaims(runs.runs(), REAL).claims();
  }

  private static Given untrained() {
    return Given.of(0, 0.5, 0.5, 0.5);
  }

  @Test
  void whatThePaperSawIsReproduced() {
    List<Claim> claims =
        claims(
            new MadeUpRuns()
                .with(1, REAL, Net.A, untrained(), Given.of(20, 0.7, 0.9, 0.9))
                .with(1, GAUSSIAN, Net.A, untrained(), Given.of(20, 0.7, 0.9, 0.5)));

    assertThat(claims).extracting(Claim::id).containsExactly("N1", "N2", "N3", "N4", "N4", "N12");
    assertThat(claims).extracting(Claim::verdict).containsOnly(Verdict.REPRODUCED);
    assertThat(claims.get(2).reason())
        .isEqualTo("it holds in 1 of 1 runs; in none of them before training");
  }

  @Test
  void theContraryIsNot() {
    double[] ascending = {0.6, 0.65, 0.7, 0.75};
    double[] low = {0.5, 0.5, 0.5, 0.9};
    List<Claim> claims =
        claims(
            new MadeUpRuns()
                .with(1, REAL, Net.A, untrained(), new Given(20, ascending, low, 0.5))
                .with(1, GAUSSIAN, Net.A, untrained(), new Given(20, ascending, low, 0.9)));

    assertThat(claims).extracting(Claim::verdict).containsOnly(Verdict.NOT_REPRODUCED);
  }

  @Test
  void whatHoldsInOneOfTwoSeedsOrWithinTheBoundsIsInconclusive() {
    double[] centre = {0.8, 0.7, 0.6, 0.5};
    double[] observed = {0.9, 0.9, 0.9, 0.5};
    Given up = new Given(20, centre, observed, 0.6);
    Given down = new Given(20, centre, centre, 0.6);
    MadeUpRuns runs =
        new MadeUpRuns()
            .with(1, REAL, Net.A, untrained(), up)
            .with(1, REAL, Net.A, untrained(), down)
            .with(1, GAUSSIAN, Net.A, untrained(), up)
            .with(1, GAUSSIAN, Net.A, untrained(), down);

    List<Claim> claims = claims(runs);

    assertThat(claims.subList(2, 6)).extracting(Claim::verdict).containsOnly(Verdict.INCONCLUSIVE);
    assertThat(claims.get(2).reason())
        .isEqualTo("it holds in 1 of 2 runs, not in a seed 1; in none of them before training");
  }

  @Test
  void aNetworkThatNeverHoldsRefutesWhatIsSaidOfAll() {
    List<Claim> claims =
        claims(
            new MadeUpRuns()
                .with(3, REAL, Net.A, untrained(), Given.of(20, 0.7, 0.9, 0.9))
                .with(3, REAL, Net.B, untrained(), Given.of(20, 0.7, 0.7, 0.9)));

    assertThat(claims.get(2).verdict()).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(claims.get(2).reason()).contains("not in b seed 1, b seed 2, b seed 3");
  }

  @Test
  void whatIsThereBeforeTrainingIsNotDueToIt() {
    List<Claim> claims =
        claims(
            new MadeUpRuns()
                .with(2, REAL, Net.A, Given.of(0, 0.6, 0.9, 0.5), Given.of(20, 0.7, 0.95, 0.9)));

    assertThat(claims.get(2).reason())
        .isEqualTo(
            "it holds in 2 of 2 runs; in all of them before training already, so not attributable"
                + " to training");
  }

  @Test
  void whatWasNotRunIsNotTested() {
    assertThat(claims(new MadeUpRuns()))
        .extracting(Claim::verdict)
        .containsOnly(Verdict.NOT_TESTED);
    List<Claim> brief =
        claims(new MadeUpRuns().with(1, REAL, Net.A, untrained(), Given.of(5, 0.7, 0.9, 0.9)));
    assertThat(brief.get(2).verdict()).as("N3 before epoch 10").isEqualTo(Verdict.NOT_TESTED);
    assertThat(brief.get(2).reason()).contains("10 epochs");
  }
}
