package io.engram.trainer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.OnsetAction;
import io.engram.events.OnsetChannel;
import io.engram.events.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RunFilesTest {
  static final List<String> SHIPPED = RunFiles.SHIPPED;

  private static final String MINIMAL =
      """
      data: {name: glyphs, training: 100}
      network: mlp:784-16-10
      """;

  @Test
  void fillsDefaultsWhereTheFileIsSilent() {
    RunSpec spec = RunFiles.parse("tiny", MINIMAL, List.of());

    assertThat(spec.run()).isEqualTo(new RunId("tiny"));
    assertThat(spec.data()).isEqualTo(new DataSpec("glyphs", null, 100, null, 0, 1, true, false));
    assertThat(spec.noise()).isEqualTo(NoiseSpec.NONE);
    assertThat(spec.network()).isEqualTo(NetworkSpec.of("mlp:784-16-10"));
    assertThat(spec.optimizer().name()).isEqualTo(OptimizerSpec.Name.SGD);
    assertThat(spec.regularization()).isEqualTo(RegularizationSpec.NONE);
    assertThat(spec.training()).isEqualTo(new TrainingSpec(10, 100, 1, 1));
    assertThat(spec.onset())
        .isEqualTo(
            new OnsetSpec(
                List.of(OnsetChannel.ONSET),
                OnsetAction.NONE,
                0.01,
                null,
                true,
                Schedule.parse("1 epoch"),
                8));
  }

  @Test
  void bindsEveryKey() {
    RunSpec spec =
        RunFiles.parse(
            "x",
            """
            run: full
            data: {name: mnist, classes: [4, 9], training: 1000, validation: 500, holdout: 40, pool: 2, standardize: false, unique_classes: true}
            noise:
              inputs: {share: 0.25, moments: per_pixel}
              labels: {share: 1, kind: pair_flip}
            network: {name: arpit-cnn, width: 32}
            optimizer: {name: momentum, learning_rate: 0.1, momentum: 0.5, schedule: {kind: step, factor: 0.1, every_epochs: 3}}
            regularization: {l2: 0.1, weight_decay: 0.2, dropout: 0.3, input_dropout: 0.4, input_noise: 0, hidden_noise: 0, adversarial: {weight: 0.2, radius: 2, iterations: 5}}
            training: {epochs: 7, batch: 64, seed: 9, threads: 2}
            checkpoints: {every_epochs: 2}
            probes:
              csr: {every: 1 epoch, examples: 9, training_examples: 8, noise_inputs: 7, radii: [2], iterations: 6}
              predictions: {every: 5 steps, examples: 4, holdout: 3}
              spectrum: {every: 2 epochs, examples: 20}
              unrolled: {every: logarithmic, examples: 19, class_matrix: false}
              truncated: {every: 20 steps, examples: 18, updates: 10}
              svalidation: {every: 3 epochs, examples: 17, validation: 16, shuffles: [0.01, 1], shared: true, rotations: [10], profile: sketch, confirm: false}
            canaries: {count: 2, ghosts: 1}
            onset: {channels: [harm, warn], on_onset: pause, false_alarm: 0.05, noise_rate: 0.4, keep_before: false, keep_every: 50 steps, keep_at_most: 3}
            """,
            List.of());

    assertThat(spec)
        .isEqualTo(
            new RunSpec(
                new RunId("full"),
                new DataSpec("mnist", List.of(4, 9), 1000, 500, 40, 2, false, true),
                new NoiseSpec(
                    new NoiseSpec.Inputs(0.25, NoiseSpec.Moments.PER_PIXEL),
                    new NoiseSpec.Labels(1, NoiseSpec.Kind.PAIR_FLIP)),
                new NetworkSpec("arpit-cnn", 32),
                new OptimizerSpec(
                    OptimizerSpec.Name.MOMENTUM,
                    0.1,
                    0.5,
                    new OptimizerSpec.Schedule(OptimizerSpec.Schedule.Kind.STEP, 0.1, 3)),
                new RegularizationSpec(0.1, 0.2, 0.3, 0.4, 0, 0, new AdversarialSpec(0.2, 2, 5)),
                new TrainingSpec(7, 64, 9, 2),
                new CheckpointSpec(2),
                new ProbesSpec(
                    new ProbesSpec.Csr(Schedule.parse("1 epoch"), 9, 8, 7, List.of(2.0), 6),
                    new ProbesSpec.Predictions(Schedule.parse("5 steps"), 4, 3),
                    new ProbesSpec.Spectrum(Schedule.parse("2 epochs"), 20),
                    new ProbesSpec.Unrolled(Schedule.parse("logarithmic"), 19, false),
                    new ProbesSpec.Truncated(Schedule.parse("20 steps"), 18, 10),
                    new ProbesSpec.SValidation(
                        Schedule.parse("3 epochs"),
                        17,
                        16,
                        List.of(0.01, 1.0),
                        true,
                        List.of(10.0),
                        ProbesSpec.Profile.SKETCH,
                        false)),
                new CanariesSpec(2, 1),
                new OnsetSpec(
                    List.of(OnsetChannel.HARM, OnsetChannel.WARN),
                    OnsetAction.PAUSE,
                    0.05,
                    0.4,
                    false,
                    Schedule.parse("50 steps"),
                    3)));
  }

  /** Finished runs and checkpoints are known by these words. */
  @Test
  void regularizersWithoutAdversarialTrainingAreCalledAsTheyWereBeforeIt() {
    assertThat(new RegularizationSpec(0.5, 0, 0.25, 0, 0, 0))
        .hasToString(
            "RegularizationSpec[l2=0.5, weightDecay=0.0, dropout=0.25, inputDropout=0.0,"
                + " inputNoise=0.0, hiddenNoise=0.0]");
    assertThat(new RegularizationSpec(0, 0, 0, 0, 0, 0, new AdversarialSpec(0.5, 1, 10)).toString())
        .contains("weight=0.5", "radius=1.0", "iterations=10");
  }

  @Test
  void settingsGoOverTheFile() {
    RunSpec spec =
        RunFiles.parse(
            "tiny", MINIMAL, List.of("training.epochs=3", "noise.labels.share=0.4", "run=other"));

    assertThat(spec.training().epochs()).isEqualTo(3);
    assertThat(spec.noise().labels().share()).isEqualTo(0.4);
    assertThat(spec.noise().labels().kind()).isEqualTo(NoiseSpec.Kind.UNIFORM);
    assertThat(spec.run()).isEqualTo(new RunId("other"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training.epoch=3 | training.epoch: unknown key; known here are batch, epochs, seed, threads, until_accuracy
          training.epochs=many | training.epochs: is 'many', must be a whole number
          training.epochs=2.5 | training.epochs: is '2.5', must be a whole number
          training.epochs= | training.epochs: is empty, must be a whole number
          training.epochs=0 | training.epochs: is 0, must be at least 1
          training.until_accuracy=0 | training.until_accuracy: is 0.0, must be greater than 0
          training.batch=101 | training.batch: is 101, must be at most the 100 training examples
          regularization.adversarial=0.5 | regularization.adversarial: is '0.5', must be a mapping with the keys weight, radius, iterations
          regularization.adversarial= | regularization.adversarial: is empty, must be a mapping with the keys weight, radius, iterations
          regularization.adversarial.weight=1.1 | regularization.adversarial.weight: is 1.1, must be between 0 and 1
          regularization.adversarial.radius=0 | regularization.adversarial.radius: is 0.0, must be greater than 0
          regularization.adversarial.iterations=0 | regularization.adversarial.iterations: is 0, must be at least 1
          regularization.adversarial.steps=3 | regularization.adversarial.steps: unknown key; known here are iterations, radius, weight
          noise.labels.share=1.5 | noise.labels.share: is 1.5, must be between 0 and 1
          noise.labels.kind=random | noise.labels.kind: is 'random', must be one of uniform, uniform_others, pair_flip
          noise.labels=0.4 | noise.labels: is '0.4', must be a mapping with the keys share, kind
          data.standardize=perhaps | data.standardize: is 'perhaps', must be true or false
          data.classes=[4] | data.classes: is [4], must name at least two different classes
          data.classes=4 | data.classes: is '4', must be a list
          data.classes=[4, nine] | data.classes[1]: is 'nine', must be a whole number
          optimizer.learning_rate=-1 | optimizer.learning_rate: is -1.0, must be greater than 0
          optimizer.schedule.kind=2 | optimizer.schedule.kind: is '2', must be one of constant, step, exponential, cosine
          optimizer=adam | optimizer: is 'adam', must be a mapping with the keys name, learning_rate, momentum, schedule
          network={width: 3} | network.name: is missing
          run=Not A Label | run: run id 'Not A Label' is not a DNS label: use 1 to 63 of a-z, 0-9 and inner '-'
          probes.csr.every=0 steps | probes.csr.every: is '0 steps', must be never, 'N steps', 'N epochs', logarithmic or 'N epochs then logarithmic', N greater than 0
          probes.csr.every=5 | probes.csr.every: is '5', must be never, 'N steps', 'N epochs', logarithmic or 'N epochs then logarithmic', N greater than 0
          probes.csr.every= | probes.csr.every: is empty, must be never, 'N steps', 'N epochs', logarithmic or 'N epochs then logarithmic', N greater than 0
          probes.csr= | probes.csr: is empty, must be a mapping with the keys every, examples, training_examples, noise_inputs, radii, iterations
          probes.csr.examples=0 | probes.csr.examples: is 0, must be at least 1
          probes.csr.training_examples=-1 | probes.csr.training_examples: is -1, must be at least 0
          probes.csr.noise_inputs=-1 | probes.csr.noise_inputs: is -1, must be at least 0
          probes.csr.radii=[1, 0] | probes.csr.radii[1]: is 0.0, must be greater than 0
          probes.csr.radii=[~] | probes.csr.radii[0]: is empty, must be given or left out
          probes.csr.radii= | probes.csr.radii: is empty, must be a list
          probes.csr.radii=~ | probes.csr.radii: is empty, must be given or left out
          probes.csr=~ | probes.csr: is empty, must be given or left out
          probes.csr.radii=[1, 1] | probes.csr.radii: is [1.0, 1.0], must name at least one radius and each once
          probes.csr.radii=[] | probes.csr.radii: is [], must name at least one radius and each once
          probes.csr.iterations=0 | probes.csr.iterations: is 0, must be at least 1
          probes.predictions.examples=-1 | probes.predictions.examples: is -1, must be at least 0
          probes.spectrum.examples=1 | probes.spectrum.examples: is 1, must be at least 2
          probes.truncated.updates=0 | probes.truncated.updates: is 0, must be at least 1
          probes.lass={every: 1 epoch} | probes.lass: unknown key; known here are csr, predictions, spectrum, svalidation, truncated, unrolled
          probes.svalidation.every=often | probes.svalidation.every: is 'often', must be never, 'N steps', 'N epochs', logarithmic or 'N epochs then logarithmic', N greater than 0
          probes.svalidation.examples=1 | probes.svalidation.examples: is 1, must be at least 2
          probes.svalidation.validation=-1 | probes.svalidation.validation: is -1, must be at least 0
          probes.svalidation.shuffles=[0.05, 0] | probes.svalidation.shuffles[1]: is 0.0, must be greater than 0 and at most 1
          probes.svalidation.shuffles=[5] | probes.svalidation.shuffles[0]: is 5.0, must be greater than 0 and at most 1
          probes.svalidation.shuffles=[0.1, 0.10] | probes.svalidation.shuffles[1]: is 0.1 a second time, must name each once
          probes.svalidation.shuffles=[~] | probes.svalidation.shuffles[0]: is empty, must be given or left out
          probes.svalidation.shuffles=[0.00000001] | probes.svalidation.shuffles[0]: is 1.0E-8, must be a multiple of 0.000001
          probes.svalidation.shuffles=[] | probes.svalidation.shuffles: is empty, and so is rotations; one of them must name a perturbation
          probes.svalidation.rotations=[180] | probes.svalidation.rotations[0]: is 180.0, must be greater than 0 and less than 180
          probes.svalidation.rotations=[5, 5] | probes.svalidation.rotations[1]: is 5.0 a second time, must name each once
          probes.svalidation.profile=quick | probes.svalidation.profile: is 'quick', must be one of paper, fast, sketch
          probes.svalidation.confirm=perhaps | probes.svalidation.confirm: is 'perhaps', must be true or false
          onset.channels=[onset, alarm] | onset.channels[1]: is 'alarm', must be one of warn, onset, harm
          onset.channels=[] | onset.channels: is [], must name one or more of warn, onset, harm and each once
          onset.channels=[harm, harm] | onset.channels: is [harm, harm], must name one or more of warn, onset, harm and each once
          onset.channels=[~] | onset.channels[0]: is empty, must be given or left out
          onset.on_onset=panic | onset.on_onset: is 'panic', must be one of none, checkpoint, pause, stop
          onset.on_onset= | onset.on_onset: is empty, must be one of none, checkpoint, pause, stop
          onset.on_onset=~ | onset.on_onset: is empty, must be given or left out
          onset.false_alarm=0 | onset.false_alarm: is 0.0, must be greater than 0
          onset.false_alarm=1 | onset.false_alarm: is 1.0, must be less than 1.0
          onset.noise_rate=1.5 | onset.noise_rate: is 1.5, must be between 0 and 1
          onset.noise_rate=some | onset.noise_rate: is 'some', must be a number
          onset.keep_at_most=1 | onset.keep_at_most: is 1, must be at least 2
          onset.keep_every=daily | onset.keep_every: is 'daily', must be never, 'N steps', 'N epochs', logarithmic or 'N epochs then logarithmic', N greater than 0
          onset.action=stop | onset.action: unknown key; known here are channels, false_alarm, keep_at_most, keep_before, keep_every, noise_rate, on_onset
          training.epochs | --set training.epochs: must be key=value, as in training.epochs=3
          """)
  void namesTheKeyAndWhatWouldBeRight(String setting, String message) {
    assertThatThrownBy(() -> RunFiles.parse("tiny", MINIMAL, List.of(setting)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'data: [' | not readable as YAML at line
          'a: 1\na: 2' | not readable as YAML at line
          '- data' | must be a mapping of keys to values
          '' | is missing
          """)
  void refusesWhatIsNotARunFile(String text, String message) {
    assertThatThrownBy(() -> RunFiles.parse("tiny", text.replace("\\n", "\n"), List.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @FieldSource("SHIPPED")
  void readsShippedRunsByName(String name) {
    assertThat(RunFiles.read(name, List.of()).run()).isEqualTo(new RunId(name));
  }

  @Test
  void readsAFileNamedForItsRun(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("my-run.yaml"), MINIMAL);

    assertThat(RunFiles.read(file.toString(), List.of()).run()).isEqualTo(new RunId("my-run"));
  }

  @Test
  void saysWhichRunsThereAre() {
    assertThatThrownBy(() -> RunFiles.read("mnist-mpl", List.of()))
        .hasMessageContaining("no shipped run 'mnist-mpl'")
        .hasMessageContaining("mnist-mlp");
    assertThatThrownBy(() -> RunFiles.read("nowhere/run.yaml", List.of()))
        .hasMessageContaining("nowhere/run.yaml");
  }
}
