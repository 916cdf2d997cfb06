package io.engram.trainer.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StudiesTest {
  private static final Set<String> ALL_DATA = Set.of("mnist", "cifar-10", "glyphs");

  @Test
  void everyClaimHasAStudyAndTheCoreThoseThatAreAskedForFirst() {
    Set<String> claims = new HashSet<>();
    Set<String> core = new HashSet<>();
    for (Study study : Studies.all().values()) {
      claims.addAll(study.claims());
      core.addAll(study.isCore() ? study.claims() : List.of());
    }

    List<String> known = PaperClaim.ALL.stream().map(PaperClaim::id).toList();
    assertThat(known).hasSize(29).doesNotHaveDuplicates();
    assertThat(claims).containsExactlyInAnyOrderElementsOf(known);
    assertThat(core)
        .contains(
            "A1", "A2", "A4", "A5", "A6", "A9", "A10", "A11", "A12", "N1", "N2", "N3", "N4", "N12");
  }

  @Test
  void everyScaleOfEveryStudyIsPossibleAndNoTwoOfItsRunsHaveOneName() {
    Studies.all()
        .forEach(
            (name, study) -> {
              assertThat(study.scales()).as(name).containsKeys("small", "full", "paper");
              if (study.analysis() != null) {
                assertThat(PaperReport.analysis(study.analysis())).isNotNull();
                study
                    .scales()
                    .forEach(
                        (scale, size) ->
                            assertThat(Studies.cells(name, study, size, ALL_DATA))
                                .as("%s, %s", name, scale)
                                .isNotEmpty()
                                .extracting(cell -> cell.spec().run())
                                .doesNotHaveDuplicates());
              }
            });
  }

  @Test
  void allConditionsOfASeedComeBeforeTheNextSeed() {
    Study study = Studies.all().get("capacity");
    List<Cell> cells = Studies.cells("capacity", study, study.scales().get("small"), ALL_DATA);

    assertThat(cells).hasSize(3 * 5 * 4);
    assertThat(cells).extracting(Cell::seed).isSorted();
    Cell cell = cells.get(5);
    assertThat(cell.at()).isEqualTo(Map.of("noise", "randX-0.4", "width", "64"));
    assertThat(cell.spec().network().name()).isEqualTo("mlp:784-64-64-10");
    assertThat(cell.spec().noise().inputs().share()).isEqualTo(0.4);
    assertThat(cell.spec().run().value()).startsWith("capacity-randx-0-4-64-s1-");
  }

  @Test
  void whereDigitsAreNotHereGeneratedImagesStandIn() {
    Study study = Studies.all().get("capacity");

    assertThat(Studies.cells("capacity", study, study.scales().get("small"), Set.of("glyphs")))
        .allSatisfy(cell -> assertThat(cell.spec().data().name()).isEqualTo("glyphs"));
  }
}
