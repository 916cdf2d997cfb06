package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run with a hold-out, canaries and ghosts. */
final class CanariesTest {
  @TempDir Path directory;

  private static RunSpec spec(String network) {
    return Runs.spec(network).holdout(30).canaries(12, 9).build();
  }

  private static Set<Integer> ids(ExampleSet set) {
    return IntStream.range(0, set.size()).mapToObj(set::id).collect(Collectors.toSet());
  }

  @Test
  void everyCanaryIsTrainedOnOnceAnEpochAndNoGhostEver() {
    RunSpec spec = spec("mlp:196-16-10");
    RunData data = Runs.data(spec);
    List<TrainingEvent> events = Recorder.run(spec, data);

    Set<Integer> expected = ids(data.training());
    expected.addAll(ids(data.canaries()));
    List<ExamplesClassified> steps = of(events, ExamplesClassified.class);
    assertThat(steps).hasSize(3 * 4);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> seen =
          steps.subList(4 * epoch, 4 * epoch + 4).stream()
              .flatMap(step -> Arrays.stream(step.ids()).boxed())
              .toList();
      assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }
    for (ExamplesClassified step : steps) {
      for (int i = 0; i < step.ids().length; i++) {
        int row = data.canaries().row(step.ids()[i]);
        if (row >= 0) {
          assertThat(step.given()[i]).isEqualTo(data.canaries().givenLabel(row));
        }
      }
    }
  }

  @Test
  void stepsCountEverythingButCanaries() {
    RunSpec spec = spec("mlp:196-16-10");
    RunData data = Runs.data(spec);
    List<TrainingEvent> events = Recorder.run(spec, data);

    List<StepCompleted> steps = of(events, StepCompleted.class);
    List<ExamplesClassified> classified = of(events, ExamplesClassified.class);
    int left = 0;
    for (int s = 0; s < steps.size(); s++) {
      ExamplesClassified all = classified.get(s);
      int examples = 0;
      int correct = 0;
      double loss = 0;
      for (int i = 0; i < all.ids().length; i++) {
        if (data.training().row(all.ids()[i]) >= 0) {
          examples++;
          correct += all.predicted()[i] == all.given()[i] ? 1 : 0;
          loss += all.loss()[i];
        }
      }
      left += all.ids().length - examples;
      assertThat(steps.get(s).examples()).isEqualTo(examples);
      assertThat(steps.get(s).correct()).isEqualTo(correct);
      assertThat(steps.get(s).lossSum()).isCloseTo(loss, within(1e-4));
    }
    assertThat(left).isEqualTo(3 * 12);
  }

  @Test
  void describesAllThatItHas() {
    RunSpec spec = spec("mlp:196-16-10");
    RunData data = Runs.data(spec);
    Recorder recorder = new Recorder();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, recorder)) {
      assertThat(loop.header().dataset().trainingExamples()).isEqualTo(110);
      assertThat(loop.header().training().stepsPerEpoch()).isEqualTo(4);
    }
    assertThat(recorder.of(ExamplesDescribed.class))
        .extracting(ExamplesDescribed::role, chunk -> chunk.ids().length)
        .containsExactly(
            tuple(ExampleRole.TRAINING, 110),
            tuple(ExampleRole.VALIDATION, 40),
            tuple(ExampleRole.HOLDOUT, 30),
            tuple(ExampleRole.CANARY, 12),
            tuple(ExampleRole.GHOST, 9));
  }

  /** Against probabilities of the network itself, one example at a time. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:196-16-10", "mlp-d", "cnn-f"})
  void evaluatesWhatItKeepsApart(String network) {
    RunSpec spec = spec(network);
    RunData data = Runs.data(spec);
    Problems same = Problems.of(network, data.training().shape(), 10);
    List<INDArray> parameters = new ArrayList<>();
    Recorder recorder = new Recorder();
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            recorder,
            context -> new BoundaryListener(state -> parameters.add(state.parameters().dup())))) {
      while (loop.advance()) {}
    }
    List<EpochCompleted> epochs = recorder.of(EpochCompleted.class);
    for (int epoch = 0; epoch < epochs.size(); epoch++) {
      MultiLayerNetwork naive = same.build();
      naive.setParams(parameters.get(4 * epoch));
      List<Evaluation> evaluations = epochs.get(epoch).evaluations();
      assertThat(evaluations)
          .extracting(Evaluation::split, Evaluation::labels)
          .endsWith(
              tuple(Split.VALIDATION, LabelGroup.CLEAN),
              tuple(Split.HOLDOUT, LabelGroup.CLEAN),
              tuple(Split.HOLDOUT, LabelGroup.FLIPPED),
              tuple(Split.CANARY, LabelGroup.FLIPPED),
              tuple(Split.GHOST, LabelGroup.FLIPPED));
      check(evaluations, Split.CANARY, naive, same, data.canaries());
      check(evaluations, Split.GHOST, naive, same, data.ghosts());
      assertThat(examples(evaluations, Split.TRAIN)).isEqualTo(110);
      assertThat(examples(evaluations, Split.TRAIN_TRUE)).isEqualTo(110);
      assertThat(examples(evaluations, Split.HOLDOUT)).isEqualTo(30);
      int flipped = 0;
      int correct = 0;
      for (int row = 0; row < 30; row++) {
        flipped += data.holdout().flipped(row) ? 1 : 0;
        INDArray output = output(naive, same, data.holdout(), row);
        correct += output.argMax(1).getInt(0) == data.holdout().givenLabel(row) ? 1 : 0;
      }
      List<Evaluation> holdout =
          evaluations.stream().filter(one -> one.split() == Split.HOLDOUT).toList();
      assertThat(holdout.get(1).examples()).isEqualTo(flipped);
      assertThat(holdout.get(0).correct() + holdout.get(1).correct()).isEqualTo(correct);
    }
  }

  private static void check(
      List<Evaluation> evaluations,
      Split split,
      MultiLayerNetwork naive,
      Problems problem,
      ExampleSet set) {
    Evaluation found =
        evaluations.stream().filter(one -> one.split() == split).findFirst().orElseThrow();
    double loss = 0;
    int correct = 0;
    for (int row = 0; row < set.size(); row++) {
      INDArray output = output(naive, problem, set, row);
      double probability =
          output.getDouble(0, set.givenLabel(row)) / output.sumNumber().doubleValue();
      loss -= Math.log(probability);
      correct += output.argMax(1).getInt(0) == set.givenLabel(row) ? 1 : 0;
    }
    assertThat(found.examples()).isEqualTo(set.size());
    assertThat(found.correct()).isEqualTo(correct);
    assertThat(found.lossSum()).isCloseTo(loss, within(1e-4));
  }

  private static INDArray output(
      MultiLayerNetwork naive, Problems problem, ExampleSet set, int row) {
    float[] input = new float[set.shape().size()];
    set.copyInput(row, input, 0);
    return naive.output(problem.inputs(naive, new Batch(input, new int[1])), false);
  }

  private static long examples(List<Evaluation> evaluations, Split split) {
    return evaluations.stream()
        .filter(one -> one.split() == split)
        .mapToLong(Evaluation::examples)
        .sum();
  }

  @Test
  void holdoutAndGhostsChangeNothingInTraining() {
    RunSpec with = Runs.spec("mlp-d").adam().holdout(30).canaries(0, 25).build();
    RunSpec without = Runs.spec("mlp-d").adam().build();
    RunSpec canaries = Runs.spec("mlp-d").adam().canaries(12, 0).build();

    List<String> plain = training(Recorder.run(without, Runs.data(without)));
    assertThat(training(Recorder.run(with, Runs.data(with)))).isEqualTo(plain);
    assertThat(training(Recorder.run(canaries, Runs.data(canaries)))).isNotEqualTo(plain);
  }

  private static List<String> training(List<TrainingEvent> events) {
    return Recorder.bits(
        events.stream()
            .filter(
                event ->
                    event instanceof StepCompleted
                        || event instanceof ExamplesClassified
                        || event instanceof GradientNormsMeasured)
            .toList());
  }

  @Test
  void resumedRunIsTheSameRun() {
    RunSpec spec = Runs.spec("mlp-d").adam().holdout(30).canaries(12, 9).build();
    RunData data = Runs.data(spec);
    List<TrainingEvent> whole = Recorder.run(spec, data);
    for (int units : new int[] {1, 3, 6}) {
      Path file = directory.resolve("at" + units);
      List<TrainingEvent> joined = new ArrayList<>(until(units, spec, data, file));
      Recorder after = new Recorder();
      try (TrainingLoop loop = TrainingLoop.resume(spec, data, after, file)) {
        while (loop.advance()) {}
      }
      joined.addAll(after.events);
      assertThat(Recorder.bits(joined)).isEqualTo(Recorder.bits(whole));
    }
  }

  @Test
  void refusesACheckpointOfOtherCanaries() {
    RunSpec spec = Runs.spec("mlp-d").canaries(12, 9).build();
    Path file = directory.resolve("checkpoint");
    until(3, spec, Runs.data(spec), file);
    for (RunSpec other :
        List.of(
            Runs.spec("mlp-d").build(),
            Runs.spec("mlp-d").canaries(11, 9).build(),
            Runs.spec("mlp-d").canaries(12, 9).holdout(1).build())) {
      assertThatThrownBy(() -> TrainingLoop.resume(other, Runs.data(other), new Recorder(), file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("is of another run");
    }
  }

  private static List<TrainingEvent> until(int units, RunSpec spec, RunData data, Path file) {
    Recorder recorder = new Recorder();
    try (TrainingLoop loop = TrainingLoop.start(spec, data, recorder)) {
      for (int i = 0; i < units; i++) {
        loop.advance();
      }
      loop.saveCheckpoint(file);
    }
    return recorder.events;
  }

  private static <T extends TrainingEvent> List<T> of(List<TrainingEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
