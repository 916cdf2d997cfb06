package io.engram.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.CheckpointSaved;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

final class TrainingLoopTest {
  private static final RunData DATA = Runs.data(0.4);

  @TempDir Path directory;

  @Test
  void endsAfterTheFirstEvaluationThatReachesTheAccuracyAskedFor() {
    Recorder whole = new Recorder();
    try (TrainingLoop loop = TrainingLoop.start(Runs.spec("mlp:196-16-10").build(), DATA, whole)) {
      while (loop.advance()) {}
    }
    double after1 = trainingAccuracy(whole.of(EpochCompleted.class).get(1));
    assertThat(after1).isGreaterThan(trainingAccuracy(whole.of(EpochCompleted.class).get(0)));
    Recorder recorder = new Recorder();
    RunSpec spec = Runs.spec("mlp:196-16-10").untilAccuracy(after1).build();
    try (TrainingLoop loop = TrainingLoop.start(spec, DATA, recorder)) {
      while (loop.advance()) {}
      assertThat(loop.advance()).isFalse();
      assertThat(loop.epoch()).isEqualTo(1);
    }
    assertThat(recorder.of(EpochCompleted.class)).hasSize(2);
  }

  private static double trainingAccuracy(EpochCompleted completed) {
    long correct = 0;
    long examples = 0;
    for (Evaluation evaluation : completed.evaluations()) {
      if (evaluation.split() == Split.TRAIN) {
        correct += evaluation.correct();
        examples += evaluation.examples();
      }
    }
    return (double) correct / examples;
  }

  @Test
  void tellsWhatItDoesInOrder() {
    Recorder recorder = new Recorder();
    RunSpec spec = Runs.spec("mlp:196-16-10").build();
    try (TrainingLoop loop = TrainingLoop.start(spec, DATA, recorder)) {
      assertThat(loop.stepsPerEpoch()).isEqualTo(4);
      assertThat(recorder.of(RunStarted.class)).containsExactly(loop.header());
      while (loop.advance()) {
        assertThat(loop.epoch()).isEqualTo((int) (loop.step() / 4));
      }
      assertThat(loop.advance()).isFalse();
      assertThat(loop.epoch()).isEqualTo(3);
      assertThat(loop.step()).isEqualTo(12);
    }
    assertThat(recorder.events.get(0)).isInstanceOf(RunStarted.class);
    assertThat(recorder.of(ExamplesDescribed.class))
        .extracting(ExamplesDescribed::role)
        .containsExactly(ExampleRole.TRAINING, ExampleRole.VALIDATION);
    assertThat(recorder.of(EpochCompleted.class)).hasSize(4);
    assertThat(recorder.of(GradientNormsMeasured.class)).hasSize(12);
    List<StepCompleted> steps = recorder.of(StepCompleted.class);
    assertThat(steps).extracting(StepCompleted::examples).startsWith(32, 32, 32, 14, 32);
    List<ExamplesClassified> classified = recorder.of(ExamplesClassified.class);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> ids = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        for (int id : classified.get(epoch * 4 + s).ids()) {
          ids.add(id);
        }
      }
      assertThat(ids).doesNotHaveDuplicates().hasSize(110);
    }
    for (int s = 0; s < 12; s++) {
      int correct = 0;
      double loss = 0;
      ExamplesClassified examples = classified.get(s);
      for (int i = 0; i < examples.ids().length; i++) {
        correct += examples.predicted()[i] == examples.given()[i] ? 1 : 0;
        loss += examples.loss()[i];
      }
      assertThat(steps.get(s).correct()).isEqualTo(correct);
      assertThat(steps.get(s).lossSum()).isCloseTo(loss, within(1e-3));
    }
  }

  @Test
  void evaluatesEverySplitThatTheRunHas() {
    Recorder recorder = new Recorder();
    try (TrainingLoop loop =
        TrainingLoop.start(Runs.spec("mlp:196-16-10").build(), DATA, recorder)) {
      loop.advance();
    }
    List<Evaluation> evaluations = recorder.of(EpochCompleted.class).get(0).evaluations();
    int flipped = DATA.describedNoise().labelsFlipped();
    assertThat(flipped).isPositive();
    assertThat(evaluations)
        .extracting(Evaluation::split, Evaluation::labels, Evaluation::examples)
        .containsExactly(
            tuple(Split.TRAIN, LabelGroup.CLEAN, 110L - flipped),
            tuple(Split.TRAIN, LabelGroup.FLIPPED, (long) flipped),
            tuple(Split.TRAIN_TRUE, LabelGroup.CLEAN, 110L - flipped),
            tuple(Split.TRAIN_TRUE, LabelGroup.FLIPPED, (long) flipped),
            tuple(Split.VALIDATION, LabelGroup.CLEAN, 40L));
    assertThat(evaluations.get(0).lossSum()).isEqualTo(evaluations.get(2).lossSum());
    assertThat(evaluations.get(1).lossSum()).isNotEqualTo(evaluations.get(3).lossSum());
  }

  /** Without dropout the first step's losses, before any update, are those of epoch 0. */
  @Test
  void evaluationAgreesWithTheSteps() {
    Recorder recorder = new Recorder();
    RunSpec whole = Runs.spec("mlp-b").batch(110).build();
    try (TrainingLoop loop = TrainingLoop.start(whole, DATA, recorder)) {
      loop.advance();
      loop.advance();
    }
    List<Evaluation> evaluations = recorder.of(EpochCompleted.class).get(0).evaluations();
    StepCompleted step = recorder.of(StepCompleted.class).get(0);
    assertThat(evaluations.get(0).lossSum() + evaluations.get(1).lossSum())
        .isCloseTo(step.lossSum(), within(1e-3));
    assertThat(evaluations.get(0).correct() + evaluations.get(1).correct())
        .isEqualTo(step.correct());
  }

  @Test
  void sameSeedSameRun() {
    List<TrainingEvent> first = Recorder.run(Runs.spec("mlp-d").build(), DATA);
    List<TrainingEvent> second = Recorder.run(Runs.spec("mlp-d").build(), DATA);
    List<TrainingEvent> other = Recorder.run(Runs.spec("mlp-d").seed(2).build(), DATA);
    assertThat(Recorder.bits(second)).isEqualTo(Recorder.bits(first));
    assertThat(Recorder.bits(other)).isNotEqualTo(Recorder.bits(first));
  }

  /** Adam's state, dropout, learning rate and order go on, from within an epoch or its end. */
  @Test
  void resumedRunIsTheSameRun() {
    for (String network : List.of("mlp-d", "cnn-f")) {
      RunSpec spec = Runs.spec(network).adam().build();
      List<TrainingEvent> whole = Recorder.run(spec, DATA);
      int[] all = network.equals("mlp-d") ? new int[] {0, 1, 3, 5, 6, 8, 16} : new int[] {4};
      for (int units : all) {
        Path file = directory.resolve(network + units);
        Recorder before = new Recorder();
        try (TrainingLoop loop = TrainingLoop.start(spec, DATA, before)) {
          for (int i = 0; i < units; i++) {
            loop.advance();
          }
          loop.saveCheckpoint(file);
        }
        assertThat(before.events.get(before.events.size() - 1))
            .isEqualTo(new CheckpointSaved(file.toString()));
        Recorder after = new Recorder();
        try (TrainingLoop loop = TrainingLoop.resume(spec, DATA, after, file)) {
          assertThat(loop.header().resumedFromStep()).isEqualTo(loop.step());
          while (loop.advance()) {}
        }
        List<TrainingEvent> joined = new ArrayList<>(before.events);
        joined.addAll(after.events);
        assertThat(Recorder.bits(joined)).isEqualTo(Recorder.bits(whole));
      }
    }
  }

  /** The network's part of a checkpoint is what DeepLearning4J itself writes. */
  @Test
  void modelSerializerReadsACheckpoint() throws Exception {
    Path file = checkpoint(Runs.spec("cnn-f").adam().build());
    MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    assertThat(read.getIterationCount()).isEqualTo(2);
    assertThat(read.getUpdater().getStateViewArray().length()).isEqualTo(2 * read.numParams());
    assertThat(read.output(Nd4j.zeros(DataType.FLOAT, 3, 1, 14, 14)).shape())
        .containsExactly(3, 10);
  }

  /** Two runs at once, a thread each, are bit for bit the runs one after the other. */
  @Test
  void concurrentRunsDoNotDisturbEachOther() throws Exception {
    List<RunSpec> specs =
        List.of(Runs.spec("mlp-d").adam().build(), Runs.spec("mlp:196-32-10").seed(2).build());
    List<Future<List<TrainingEvent>>> together = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(specs.size());
    try {
      for (RunSpec spec : specs) {
        together.add(pool.submit(() -> Recorder.run(spec, DATA)));
      }
      for (int i = 0; i < specs.size(); i++) {
        assertThat(Recorder.bits(together.get(i).get()))
            .isEqualTo(Recorder.bits(Recorder.run(specs.get(i), DATA)));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void refusesACheckpointOfAnotherRun() {
    Path file = checkpoint(Runs.spec("mlp-d").build());
    refuses(file, Runs.spec("mlp-a").build(), DATA, "network is NetworkSpec[name=mlp-d");
    refuses(file, Runs.spec("mlp-d").seed(3).build(), DATA, "seed is 1, this run's is 3");
    refuses(file, Runs.spec("mlp-d").adam().build(), DATA, "optimizer");
    refuses(file, Runs.spec("mlp-d").batch(16).build(), DATA, "batch is 32, this run's is 16");
    refuses(file, Runs.spec("mlp-d").build(), Runs.data(0.2), "noise is Noise[");
  }

  @Test
  void refusesADamagedCheckpoint() throws Exception {
    RunSpec spec = Runs.spec("mlp-d").adam().build();
    Path file = checkpoint(spec);
    byte[] bytes = Files.readAllBytes(file);
    for (double share : new double[] {0, 0.01, 0.3, 0.6, 0.9}) {
      byte[] cut = java.util.Arrays.copyOf(bytes, (int) (share * bytes.length));
      Files.write(file, cut);
      refuses(file, spec, DATA, share == 0 ? "is not a checkpoint" : "checkpoint");
    }
    for (int at = 100; at < bytes.length * 9 / 10; at += bytes.length / 40) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 0x10;
      Files.write(file, flipped);
      refuses(file, spec, DATA, "checkpoint");
    }
    Files.writeString(file, "not a zip");
    refuses(file, spec, DATA, "is not a checkpoint");
    refuses(directory.resolve("absent"), spec, DATA, "does not exist");
  }

  private Path checkpoint(RunSpec spec) {
    Path file = directory.resolve("checkpoint");
    try (TrainingLoop loop = TrainingLoop.start(spec, DATA, new Recorder())) {
      loop.advance();
      loop.advance();
      loop.advance();
      loop.saveCheckpoint(file);
    }
    return file;
  }

  private static void refuses(Path file, RunSpec spec, RunData data, String why) {
    assertThatThrownBy(() -> TrainingLoop.resume(spec, data, new Recorder(), file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void networkThatDoesNotFitIsNamed() {
    assertThatThrownBy(
            () -> TrainingLoop.start(Runs.spec("mlp:784-10").build(), DATA, new Recorder()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "network.name: 'mlp:784-10' takes 784 inputs, must start with the data's 196 (14 x 14 x"
                + " 1)");
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.api.Assertions.within(offset);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }
}
