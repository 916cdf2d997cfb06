package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.ExampleRole;
import io.engram.events.PredictionsMonitored;
import io.engram.events.StepCompleted;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.probe.ProbedRun.Emitted;
import io.engram.trainer.spec.InvalidSettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

final class PredictionsProbeTest {
  private static final String DATA =
      """
      data: {name: glyphs, training: 110, validation: 10, holdout: 30, pool: 2}
      noise: {labels: {share: 0.4}}
      canaries: {count: 10, ghosts: 7}
      """;

  private static ProbedRun run(String network, String more) {
    return ProbedRun.of(
        DATA
            + """
            network: %s
            training: {epochs: 2, batch: 20}
            optimizer: {name: momentum, learning_rate: 0.05}
            probes: {predictions: {every: 0.5 epochs, examples: 50, holdout: 20}}
            """
                .formatted(network)
            + more);
  }

  private static ExampleSet set(ProbedRun run, ExampleRole role) {
    return switch (role) {
      case TRAINING -> run.data.training();
      case HOLDOUT -> run.data.holdout();
      case CANARY -> run.data.canaries();
      case GHOST -> run.data.ghosts();
      case VALIDATION -> throw new AssertionError("not monitored");
    };
  }

  /** 120 rows an epoch, so six steps: looks after 0, 3, 6, 9 and 12. */
  @Test
  void looksAtTheSameExamplesWheneverItIsDue() {
    List<Emitted<PredictionsMonitored>> found =
        run("mlp:196-16-10", "").of(PredictionsMonitored.class);

    assertThat(found)
        .extracting(Emitted::step)
        .containsExactly(
            0L, 0L, 0L, 0L, 3L, 3L, 3L, 3L, 6L, 6L, 6L, 6L, 9L, 9L, 9L, 9L, 12L, 12L, 12L, 12L);
    for (int look = 0; look < 20; look += 4) {
      assertThat(found.subList(look, look + 4))
          .extracting(
              one -> one.event().role(),
              one -> one.event().ids().length,
              one -> one.event().completesLook())
          .containsExactly(
              tuple(ExampleRole.TRAINING, 50, false),
              tuple(ExampleRole.HOLDOUT, 20, false),
              tuple(ExampleRole.CANARY, 10, false),
              tuple(ExampleRole.GHOST, 7, true));
      for (int role = 0; role < 4; role++) {
        assertThat(found.get(look + role).event().ids()).isEqualTo(found.get(role).event().ids());
        assertThat(found.get(look + role).epoch()).isEqualTo(look / 8);
      }
    }
  }

  /** Against the output of the network itself, one example at a time; dropout is off. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:196-16-10", "mlp-d", "cnn-f", "mlp:196-10"})
  void saysWhatTheNetworkSays(String network) {
    ProbedRun run =
        run(network, network.startsWith("mlp:196-16") ? "regularization: {dropout: 0.5}" : "");
    List<Emitted<PredictionsMonitored>> found = run.of(PredictionsMonitored.class);
    assertThat(found).hasSize(20);
    for (Emitted<PredictionsMonitored> one : found) {
      PredictionsMonitored event = one.event();
      MultiLayerNetwork naive = run.networkAt(one.step());
      ExampleSet set = set(run, event.role());
      assertThat(event.classes()).isEqualTo(10);
      for (int i = 0; i < event.ids().length; i++) {
        INDArray output = naive.output(ProbedRun.input(naive, set, set.row(event.ids()[i])), false);
        double sum = output.sumNumber().doubleValue();
        for (int k = 0; k < 10; k++) {
          assertThat((double) event.probabilities()[i * 10 + k])
              .isCloseTo(output.getDouble(0, k) / sum, within(2e-6));
        }
      }
    }
  }

  @Test
  void ofManyClassesTheMostProbableAndTheGivenOneTravel() {
    ProbedRun run =
        ProbedRun.of(
            """
            data: {name: glyphs, training: 40, pool: 2, unique_classes: true}
            network: mlp:196-40
            training: {epochs: 2, batch: 10}
            probes: {predictions: {every: 1 epoch, examples: 30}}
            """);
    List<Emitted<PredictionsMonitored>> found = run.of(PredictionsMonitored.class);
    assertThat(found).hasSize(3);
    for (Emitted<PredictionsMonitored> one : found) {
      PredictionsMonitored event = one.event();
      MultiLayerNetwork naive = run.networkAt(one.step());
      assertThat(event.completesLook()).isTrue();
      assertThat(event.ids()).hasSize(30);
      for (int i = 0; i < 30; i++) {
        int row = run.data.training().row(event.ids()[i]);
        float[] all =
            naive.output(ProbedRun.input(naive, run.data.training(), row), false).toFloatVector();
        List<Integer> order =
            IntStream.range(0, 40)
                .boxed()
                .sorted(Comparator.comparing((Integer k) -> -all[k]))
                .toList();
        int given = run.data.training().givenLabel(row);
        assertThat(event.givenRank()[i]).isEqualTo(order.indexOf(given) + 1);
        assertThat((double) event.givenProbability()[i]).isCloseTo(all[given], within(2e-6));
        for (int k = 0; k < 5; k++) {
          assertThat(event.top()[5 * i + k]).isEqualTo(order.get(k));
          assertThat((double) event.probabilities()[5 * i + k])
              .isCloseTo(all[order.get(k)], within(2e-6));
        }
      }
    }
  }

  @Test
  void aLargeLookTravelsInChunks() {
    ProbedRun run =
        ProbedRun.of(
            """
            data: {name: glyphs, pool: 2, validation: 10, holdout: 500}
            network: mlp:196-10
            training: {epochs: 1, batch: 5000}
            probes: {predictions: {every: 100 steps, examples: 10000, holdout: 400}}
            """);
    List<Emitted<PredictionsMonitored>> found = run.of(PredictionsMonitored.class);
    assertThat(found)
        .extracting(
            one -> one.event().role(),
            one -> one.event().ids().length,
            one -> one.event().completesLook())
        .containsExactly(
            tuple(ExampleRole.TRAINING, 8_192, false),
            tuple(ExampleRole.TRAINING, 9_500 - 8_192, false),
            tuple(ExampleRole.HOLDOUT, 400, true));
    List<Integer> ids = new ArrayList<>();
    found.subList(0, 2).forEach(one -> Arrays.stream(one.event().ids()).forEach(ids::add));
    assertThat(ids)
        .containsExactlyElementsOf(
            IntStream.range(0, 9_500).mapToObj(run.data.training()::id).toList());
  }

  @Test
  void changesNothingInTraining() {
    String rest = "regularization: {input_dropout: 0.2}";
    List<String> with = losses(run("mlp:196-16-10", rest));
    List<String> without =
        losses(
            ProbedRun.of(
                DATA
                    + """
                    network: mlp:196-16-10
                    training: {epochs: 2, batch: 20}
                    optimizer: {name: momentum, learning_rate: 0.05}
                    probes: {predictions: {every: never}, spectrum: {every: never}}
                    """
                    + rest));
    assertThat(with).isEqualTo(without).hasSize(12);
  }

  private static List<String> losses(ProbedRun run) {
    return run.of(StepCompleted.class).stream()
        .map(one -> one.event().correct() + " " + one.event().lossSum())
        .toList();
  }

  @Test
  void aDivergedNetworkSaysSo() {
    List<Emitted<PredictionsMonitored>> found =
        ProbedRun.of(
                """
                data: {name: glyphs, training: 40, pool: 2, unique_classes: true}
                network: mlp:196-16-40
                optimizer: {learning_rate: 1e30}
                training: {epochs: 2, batch: 10}
                probes: {predictions: {every: 1 epoch, examples: 30}}
                """)
            .of(PredictionsMonitored.class);
    PredictionsMonitored last = found.get(2).event();
    assertThat(last.probabilities()).containsOnly(Float.NaN);
    assertThat(Arrays.copyOf(last.top(), 5)).containsExactly(0, 1, 2, 3, 4);
    assertThat(last.givenRank()).containsOnly(1);
  }

  @Test
  void refusesToMonitorNothing() {
    assertThatThrownBy(
            () ->
                ProbedRun.of(
                    """
                    data: {name: glyphs, training: 40, pool: 2}
                    network: mlp:196-10
                    training: {batch: 10}
                    probes: {predictions: {every: 1 epoch, examples: 0}}
                    """))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "probes.predictions.examples: is 0, must be at least 1 where there are no hold-out"
                + " examples, canaries or ghosts");
  }
}
