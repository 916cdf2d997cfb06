package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.ProbeFailed;
import io.engram.events.Split;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.probe.ProbedRun.Emitted;
import io.engram.trainer.probe.critical.CriticalSamples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CriticalSamplesProbeTest {
  private static final String RUN =
      """
      data: {name: glyphs, training: 90, validation: 40, pool: 2}
      network: mlp:196-16-10
      optimizer: {learning_rate: 0.1}
      training: {epochs: 3, batch: 30}
      probes:
        csr: {every: 1 epoch, examples: 25, training_examples: 10, noise_inputs: 5, radii: [2, 60], iterations: 4}
      """;

  /** Every set at every epoch, as searched around its examples with that step's parameters. */
  @Test
  void searchesAroundTheSameExamplesWithTheParametersOfTheStep() {
    ProbedRun run = ProbedRun.of(RUN);
    List<Emitted<CriticalSamplesSearched>> all = run.of(CriticalSamplesSearched.class);
    assertThat(all).extracting(Emitted::step).isSorted();
    assertThat(all).hasSize(4 * 3 * 2);
    for (Emitted<CriticalSamplesSearched> one : all) {
      CriticalSamplesSearched event = one.event();
      CriticalSamplesSearched first =
          all.stream()
              .map(Emitted::event)
              .filter(e -> e.split() == event.split())
              .findFirst()
              .orElseThrow();
      assertThat(one.step()).isEqualTo(3L * one.epoch());
      assertThat(event.ids()).isEqualTo(first.ids()).doesNotHaveDuplicates();
      assertThat(event.iterations()).isEqualTo(4);
      if (event.split() != Split.NOISE) {
        assertThat(event.foundAt()).isEqualTo(searched(run, one));
      }
    }
    assertThat(all.stream().map(Emitted::event).filter(e -> e.split() == Split.VALIDATION))
        .extracting(e -> e.ids().length)
        .containsOnly(25);
    assertThat(all.stream().map(Emitted::event).filter(e -> e.split() == Split.NOISE))
        .extracting(CriticalSamplesSearched::ids)
        .containsOnly(new int[] {0, 1, 2, 3, 4});
    assertThat(all.stream().filter(e -> e.event().radius() == 60))
        .anySatisfy(e -> assertThat(e.event().critical()).isPositive());
    assertThat(all.stream().filter(e -> e.event().radius() == 2))
        .anySatisfy(e -> assertThat(e.event().critical()).isLessThan(e.event().ids().length));
  }

  private static int[] searched(ProbedRun run, Emitted<CriticalSamplesSearched> one) {
    CriticalSamplesSearched event = one.event();
    ExampleSet set = event.split() == Split.TRAIN ? run.data.training() : run.data.validation();
    int size = set.shape().size();
    float[] inputs = new float[event.ids().length * size];
    int[] rows =
        IntStream.range(0, set.size())
            .filter(row -> Arrays.binarySearch(event.ids(), set.id(row)) >= 0)
            .toArray();
    for (int i = 0; i < rows.length; i++) {
      set.copyInput(rows[i], inputs, i * size);
    }
    int[] foundAt = new int[rows.length];
    try (CriticalSamples samples =
        new CriticalSamples(
            run.networkAt(one.step()).getLayerWiseConfigurations(),
            set.shape(),
            run.data.standardization().standardDeviation(),
            CriticalSamplesProbe.seed(run.spec))) {
      samples.load(run.networkAt(one.step()).params().toFloatVector());
      samples.search(
          event.split().ordinal(),
          event.ids(),
          inputs,
          new double[] {event.radius()},
          4,
          (example, radius, iteration, at, offset) -> foundAt[example] = iteration);
    }
    return foundAt;
  }

  @Test
  void sameSeedSameFinds() {
    assertThat(finds(ProbedRun.of(RUN))).isEqualTo(finds(ProbedRun.of(RUN)));
  }

  private static List<String> finds(ProbedRun run) {
    return run.of(CriticalSamplesSearched.class).stream()
        .map(
            one ->
                one.step()
                    + Arrays.toString(one.event().ids())
                    + Arrays.toString(one.event().foundAt()))
        .toList();
  }

  /** An infinite learning step leaves parameters that are not numbers. */
  @Test
  void parametersThatAreNotNumbersFailTheMeasurementAndTrainingGoesOn() {
    ProbedRun run = ProbedRun.of(RUN.replace("learning_rate: 0.1", "learning_rate: 1e30"));
    List<Emitted<ProbeFailed>> failed = run.of(ProbeFailed.class);
    assertThat(failed).extracting(Emitted::epoch).containsExactly(1, 2, 3);
    assertThat(failed.get(0).event())
        .isEqualTo(
            new ProbeFailed(
                "csr",
                "an output of the network is not finite, so it predicts nothing; a lower"
                    + " optimizer.learning_rate may help"));
    assertThat(run.of(CriticalSamplesSearched.class)).extracting(Emitted::epoch).containsOnly(0);
  }

  @Test
  void withoutValidationExamplesItSaysSo() {
    String unique =
        RUN.replace("pool: 2", "pool: 2, unique_classes: true")
            .replace("196-16-10", "196-16-90")
            .replace("training_examples: 10", "training_examples: 0");
    ProbedRun none = ProbedRun.of(unique.replace("noise_inputs: 5", "noise_inputs: 0"));
    assertThat(none.of(ProbeFailed.class)).hasSize(4);
    assertThat(none.of(ProbeFailed.class).get(0).event().problem())
        .startsWith("the run has no validation examples; set probes.csr.training_examples");
    assertThat(ProbedRun.of(unique).of(CriticalSamplesSearched.class))
        .extracting(one -> one.event().split())
        .containsOnly(Split.NOISE);
  }
}
