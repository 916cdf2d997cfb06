package io.engram.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventInvariantsTest {
  @ParameterizedTest
  @CsvSource({"-1,0,0,0", "0,-1,0,0", "0,0,-1,0", "0,0,0,-1"})
  void noPlaceOfAnEnvelopeIsNegative(long incarnation, long sequence, int epoch, long step) {
    refused(
        () ->
            new EventEnvelope(
                new RunId("a"), incarnation, sequence, epoch, step, 0, new CheckpointSaved("x")),
        "envelope of run a: incarnation %d, sequence %d, epoch %d and step %d must not be negative"
            .formatted(incarnation, sequence, epoch, step));
  }

  @ParameterizedTest
  @CsvSource({"-1,-1", "0,-1", "0,1", "10,11", "-1,0"})
  void correctLiesBetweenNoneAndAll(int examples, int correct) {
    refused(
        () -> new StepCompleted(examples, correct, 0, 0, 0),
        "StepCompleted.correct %d is not between 0 and examples %d".formatted(correct, examples));
    refused(
        () -> new Evaluation(Split.TRAIN_TRUE, LabelGroup.CLEAN, examples, correct, 0),
        "evaluation of train_true: correct %d is not between 0 and examples %d"
            .formatted(correct, examples));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "10,0", "10,10"})
  void noneAndAllMayBeCorrect(int examples, int correct) {
    assertThatNoException()
        .isThrownBy(
            () -> {
              new StepCompleted(examples, correct, Double.NaN, 0, 0);
              new Evaluation(Split.TRAIN, LabelGroup.CLEAN, examples, correct, Double.NaN);
            });
  }

  @Test
  void describedExamplesHaveAllLabels() {
    ExampleRole role = ExampleRole.TRAINING;
    refused(
        () -> new ExamplesDescribed(role, new int[2], new int[1], new int[2]),
        "ExamplesDescribed.givenLabels has 1 elements, but there are 2 examples");
    refused(
        () -> new ExamplesDescribed(role, new int[2], new int[2], new int[3]),
        "ExamplesDescribed.trueLabels has 3 elements, but there are 2 examples");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void eachRequiredMeasurementOfAClassifiedExampleIsThere(int field) {
    int[] n = {2, 2, 2, 2, 2, 2, 2, 2};
    n[field - 1] = 0;
    String name = List.of("given", "predicted", "loss", "margin").get(field - 1);
    refused(
        () -> classified(2, n),
        "ExamplesClassified.%s has 0 elements, but there are 2 examples".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void theOthersAreThereForAllOrForNone(int field) {
    int[] n = {2, 2, 2, 2, 2, 2, 2, 2};
    n[field - 1] = 0;
    assertThatNoException().isThrownBy(() -> classified(2, n));
    n[field - 1] = 1;
    String name = List.of("inputGradientL1", "inputGradientL2", "gradientNorm").get(field - 5);
    refused(
        () -> classified(2, n),
        "ExamplesClassified.%s has 1 elements, but there are 2 examples".formatted(name));
  }

  @Test
  void normsByLayerAreThereForEveryExample() {
    assertThatNoException().isThrownBy(() -> classified(2, 2, 2, 2, 2, 2, 2, 2, 6));
    refused(
        () -> classified(2, 2, 2, 2, 2, 2, 2, 2, 5),
        "ExamplesClassified.layerGradientNorms has 5 elements, not a multiple of 2 examples");
    refused(
        () -> classified(0, 0, 0, 0, 0, 0, 0, 0, 5),
        "ExamplesClassified.layerGradientNorms has 5 elements, not a multiple of 0 examples");
  }

  @ParameterizedTest
  @CsvSource({"1,2,2", "2,1,2", "2,2,1"})
  void everyLayerHasAllNorms(int gradient, int update, int parameters) {
    refused(
        () ->
            new GradientNormsMeasured(
                new double[gradient], new double[update], new double[parameters]),
        "GradientNormsMeasured: gradient, update and parameters have %d, %d and %d layers"
            .formatted(gradient, update, parameters));
  }

  @Test
  void whatAnEventWasMadeOfMayChangeAfterwards() {
    List<String> layers = new ArrayList<>(List.of("dense"));
    List<String> unavailable = new ArrayList<>();
    Map<String, Long> dropped = new HashMap<>(Map.of("queue_full", 1L));
    var network = new RunStarted.Network("mlp", 1, layers, unavailable);
    var reported = new TrainerReported(TrainerReported.State.RUNNING, 1, dropped);
    List<Evaluation> evaluations = new ArrayList<>();
    var epoch = new EpochCompleted(evaluations, 0);
    List<EventEnvelope> envelopes = new ArrayList<>();
    var batch = new EventBatch(envelopes, 0);

    layers.clear();
    unavailable.add("all of it");
    dropped.clear();
    evaluations.add(new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 0, 0, 0));
    envelopes.addAll(EventExamples.all());

    assertThat(network.layers()).containsExactly("dense");
    assertThat(network.unavailable()).isEmpty();
    assertThat(reported.dropped()).containsExactly(Map.entry("queue_full", 1L));
    assertThat(epoch.evaluations()).isEmpty();
    assertThat(batch.envelopes()).isEmpty();
  }

  @Test
  void labelsOfMetricsAreInLowerCase() {
    assertThat(Split.TRAIN_TRUE.label()).isEqualTo("train_true");
    assertThat(LabelGroup.FLIPPED.label()).isEqualTo("flipped");
  }

  private static ExamplesClassified classified(int ids, int... n) {
    return new ExamplesClassified(
        new int[ids],
        new int[n[0]],
        new int[n[1]],
        new float[n[2]],
        new float[n[3]],
        new float[n[4]],
        new float[n[5]],
        new float[n[6]],
        new float[n[7]]);
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
  }
}
