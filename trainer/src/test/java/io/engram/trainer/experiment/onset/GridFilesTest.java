package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.StrictYaml;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class GridFilesTest {
  private static final String GRID =
      """
      run: {data: {name: glyphs, training: 50}, training: {batch: 10}, network: "mlp:784-8-10"}
      seeds: {first: 3, fixed: 1, judged: 2}
      fixed_on: [one]
      data:
        one: {optimizer: {learning_rate: 0.5}}
        two: {}
      conditions:
        - {name: clean, data: [one, two], canaries: [0, 10], expect: silent}
        - name: noisy
          data: [two]
          canaries: [10]
          expect: onset
          settings: {noise: {labels: {share: 0.4, kind: pair_flip}}}
          seeds: {first: 7, fixed: 0, judged: 1}
      """;

  private static List<PlannedRun> plan(String yaml) {
    return GridFiles.plan(StrictYaml.read("grid", yaml, Grid.class));
  }

  private static long count(List<PlannedRun> runs, Predicate<PlannedRun> which) {
    return runs.stream().filter(which).count();
  }

  @Test
  void everyConditionIsCrossedWithDataCanariesAndSeeds() {
    List<PlannedRun> runs = plan(GRID);

    assertThat(runs).hasSize(2 * 3 + 2 * 2 + 1);
    assertThat(count(runs, run -> run.half() == Half.FIXED)).isEqualTo(2);
    assertThat(runs)
        .filteredOn(run -> run.half() == Half.FIXED)
        .allMatch(run -> run.condition().data().equals("one") && run.seed() == 3);
    assertThat(runs)
        .filteredOn(run -> run.condition().data().equals("one"))
        .allMatch(run -> run.spec().optimizer().learningRate() == 0.5);
    PlannedRun noisy =
        runs.stream().filter(r -> r.condition().entry().equals("noisy")).findAny().orElseThrow();
    assertThat(noisy.condition().name()).isEqualTo("two/noisy/canaries-10");
    assertThat(noisy.seed()).isEqualTo(7);
    assertThat(noisy.spec().training().seed()).isEqualTo(7);
    assertThat(noisy.spec().canaries().count()).isEqualTo(10);
    assertThat(noisy.spec().noise().labels())
        .isEqualTo(new NoiseSpec.Labels(0.4, NoiseSpec.Kind.PAIR_FLIP));
    assertThat(runs).extracting(PlannedRun::file).doesNotHaveDuplicates();
  }

  @Test
  void theOrderIsDrawnOnceAndMixesTheConditions() {
    List<PlannedRun> full = GridFiles.plan(GridFiles.read("full"));

    assertThat(GridFiles.plan(GridFiles.read("full"))).isEqualTo(full);
    assertThat(full.stream().limit(100).map(run -> run.condition().entry()).distinct().count())
        .as("conditions among the first hundred")
        .isGreaterThan(18);
  }

  @Test
  void whatIsAskedForDifferentlyHasAnotherFile() {
    assertThat(plan(GRID.replace("training: 50", "training: 60")))
        .extracting(PlannedRun::file)
        .doesNotContainAnyElementsOf(plan(GRID).stream().map(PlannedRun::file).toList());
  }

  @Test
  void theShippedGridsAreAsLargeAsTheySay() {
    assertThat(GridFiles.plan(GridFiles.read("tiny"))).hasSize(8);
    assertThat(GridFiles.plan(GridFiles.read("small"))).hasSize(50);
    List<PlannedRun> full = GridFiles.plan(GridFiles.read("full"));
    assertThat(full).hasSizeGreaterThanOrEqualTo(500);
    assertThat(
            count(
                full,
                run ->
                    run.half() == Half.JUDGED
                        && run.condition().expect() == Expectation.SILENT
                        && !run.condition().data().startsWith("cifar")))
        .as("judged clean runs")
        .isGreaterThanOrEqualTo(240);
  }

  @Test
  void whatCannotBeIsNamed() {
    assertWrong(
        "expect: onset", "expect: maybe", "conditions[1].expect: is 'maybe', must be one of");
    assertWrong("data: [two]", "data: [three]", "conditions[1].data: 'three' is not in data");
    assertWrong("fixed_on: [one]", "fixed_on: [ones]", "fixed_on: 'ones' is not in data");
    assertWrong("name: noisy", "name: clean", "conditions[1].name: 'clean' is there twice");
    assertWrong("name: noisy", "name: No/isy", "conditions[1].name: 'No/isy' must be of");
    assertWrong("name: noisy", "named: noisy", "conditions[1].name: is missing");
    assertWrong("canaries: [10]", "canaries: [-1]", "conditions[1].canaries: is -1, must be 0");
    assertWrong("share: 0.4", "share: 4", "two/noisy/canaries-10: noise.labels.share: is 4");
    assertWrong("first: 7", "last: 7", "conditions[1].seeds.first: is missing");
    assertWrong("first: 7", "first: 7, last: 9", "conditions[1].seeds.last: unknown key");
    assertThatThrownBy(() -> GridFiles.read("huge"))
        .hasMessageStartingWith("--grid: there is no shipped grid 'huge'; name one of tiny");
    assertThatThrownBy(() -> GridFiles.read("none.yaml"))
        .hasMessage("--grid: cannot read the grid file none.yaml");
  }

  private static void assertWrong(String part, String instead, String message) {
    assertThat(GRID).contains(part);
    assertThatThrownBy(() -> plan(GRID.replace(part, instead))).hasMessageStartingWith(message);
  }
}
