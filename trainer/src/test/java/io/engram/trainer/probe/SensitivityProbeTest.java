package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.LossSensitivityMeasured;
import io.engram.events.ProbeFailed;
import io.engram.events.SensitivityKind;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.training.TrainingLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loss-sensitivity of small runs on generated examples, five steps an epoch. */
final class SensitivityProbeTest {
  private static final String RUN =
      """
      data: {name: glyphs, pool: 2, training: 50, validation: 10}
      network: mlp:196-6-5-10
      optimizer: {name: sgd, learning_rate: 0.1, schedule: {kind: step, factor: 0.5, every_epochs: 1}}
      training: {epochs: 3, batch: 10}
      probes: {csr: {every: never}}
      """;

  private static final List<String> OURS = List.of("unrolled", "truncated");

  @TempDir Path directory;

  private record Emitted(long step, TrainingEvent event) {}

  private final List<Emitted> emitted = new ArrayList<>();

  private static RunSpec spec(String... settings) {
    return RunFiles.parse("test", RUN, List.of(settings));
  }

  private static RunData data(RunSpec spec) {
    return Datasets.load(
        spec.data(),
        spec.noise(),
        spec.canaries(),
        1,
        new DataLocations(List.of(), Path.of("none")),
        DownloadProgress.NONE);
  }

  private void train(String... settings) {
    RunSpec spec = spec(settings);
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data(spec),
            (epoch, step, event) -> emitted.add(new Emitted(step, event)),
            Probes::synchronous)) {
      while (loop.advance()) {}
    }
  }

  private List<Emitted> measured(SensitivityKind kind) {
    return emitted.stream()
        .filter(one -> one.event instanceof LossSensitivityMeasured m && m.kind() == kind)
        .toList();
  }

  private static LossSensitivityMeasured of(Emitted one) {
    return (LossSensitivityMeasured) one.event;
  }

  private static List<Integer> ids(ExampleSet set) {
    return IntStream.range(0, set.size()).mapToObj(set::id).toList();
  }

  private static Integer[] boxed(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  private List<String> problems() {
    return emitted.stream()
        .filter(one -> one.event instanceof ProbeFailed failed && OURS.contains(failed.probe()))
        .map(one -> one.step + " " + ((ProbeFailed) one.event).problem())
        .toList();
  }

  @Test
  void unrolledGoesThroughAllUpdates() {
    train("probes.unrolled={every: 1 epoch, examples: 20, class_matrix: true}");

    assertThat(measured(SensitivityKind.UNROLLED))
        .extracting(Emitted::step)
        .containsExactly(5L, 10L, 15L);
    assertThat(problems()).isEmpty();
    RunData data = data(spec());
    for (Emitted one : measured(SensitivityKind.UNROLLED)) {
      assertThat(of(one).updates()).isEqualTo(one.step);
      assertThat(of(one).ids()).hasSize(20).doesNotHaveDuplicates();
      assertThat(ids(data.training())).contains(boxed(of(one).ids()));
      assertThat(Arrays.stream(of(one).sensitivity())).allMatch(value -> value >= 0 && value < 10);
      assertThat(of(one).classes()).isEqualTo(10);
    }
  }

  @Test
  void truncatedAfterKUpdatesIsUnrolledAndBeforeThemFails() {
    train(
        "probes.unrolled={every: 1 epoch, examples: 50, class_matrix: false}",
        "probes.truncated={every: 1 epoch, examples: 50, updates: 10}");

    List<Emitted> unrolled = measured(SensitivityKind.UNROLLED);
    List<Emitted> truncated = measured(SensitivityKind.TRUNCATED);
    assertThat(truncated).extracting(Emitted::step).containsExactly(10L, 15L);
    assertThat(of(truncated.get(0)).ids()).isEqualTo(of(unrolled.get(1)).ids());
    assertThat(of(truncated.get(0)).sensitivity()).isEqualTo(of(unrolled.get(1)).sensitivity());
    assertThat(of(truncated.get(1)).updates()).isEqualTo(10);
    assertThat(of(truncated.get(1)).sensitivity()).isNotEqualTo(of(unrolled.get(2)).sensitivity());
    assertThat(problems())
        .containsExactly("5 goes back through 10 updates, but there were only 5 so far");
  }

  @Test
  void onlyExamplesThatWereUsedAreReported() {
    train("probes.truncated={every: 1 step, examples: 50, updates: 1}");

    List<Emitted> truncated = measured(SensitivityKind.TRUNCATED);
    assertThat(truncated).hasSize(15);
    assertThat(truncated).allMatch(one -> of(one).ids().length == 10);
  }

  @Test
  void aClassMatrixOfManyClassesIsLeftOut() {
    train(
        "data.unique_classes=true",
        "network=mlp:196-6-5-50",
        "probes.unrolled={every: 3 epochs, examples: 50, class_matrix: true}");

    assertThat(measured(SensitivityKind.UNROLLED)).hasSize(1);
    assertThat(of(measured(SensitivityKind.UNROLLED).get(0)).classes()).isZero();
  }

  @Test
  void canariesTakePartInUpdatesButAreNotReported() {
    train(
        "canaries.count=10", "probes.unrolled={every: 1 epoch, examples: 50, class_matrix: false}");

    RunData data = data(spec("canaries.count=10"));
    assertThat(data.trained().size()).isEqualTo(60);
    assertThat(of(measured(SensitivityKind.UNROLLED).get(0)).ids()).hasSize(50);
    assertThat(ids(data.training()))
        .contains(boxed(of(measured(SensitivityKind.UNROLLED).get(0)).ids()));
  }

  @Test
  void anExplosionFailsTheMeasurementAndTrainingGoesOn() {
    train("regularization.l2=1e4", "probes.unrolled.every=1 epoch");

    assertThat(problems())
        .hasSize(3)
        .allMatch(problem -> problem.contains("smaller optimizer.learning_rate would help"));
    assertThat(emitted.stream().filter(one -> one.event instanceof StepCompleted)).hasSize(15);
  }

  @Test
  void aResumedRunCannotBeUnrolledButTruncated() {
    Path checkpoint = directory.resolve("checkpoint");
    RunSpec first = spec("training.epochs=1");
    try (TrainingLoop loop = TrainingLoop.start(first, data(first), (epoch, step, event) -> {})) {
      while (loop.advance()) {}
      loop.saveCheckpoint(checkpoint);
    }
    RunSpec spec =
        spec(
            "probes.unrolled.every=1 epoch",
            "probes.truncated={every: 1 epoch, examples: 50, updates: 5}");
    try (TrainingLoop loop =
        TrainingLoop.resume(
            spec,
            data(spec),
            (epoch, step, event) -> emitted.add(new Emitted(step, event)),
            checkpoint,
            Probes::synchronous)) {
      while (loop.advance()) {}
    }

    assertThat(measured(SensitivityKind.TRUNCATED))
        .extracting(Emitted::step)
        .containsExactly(10L, 15L);
    assertThat(measured(SensitivityKind.UNROLLED)).isEmpty();
    assertThat(problems())
        .hasSize(2)
        .allMatch(problem -> problem.contains("resumed after 5 updates"));
  }

  @Test
  void workersMeasureTheSame() {
    String[] settings = {"probes.unrolled={every: 5 steps, examples: 20, class_matrix: true}"};
    train(settings);
    List<Emitted> synchronous = measured(SensitivityKind.UNROLLED);
    emitted.clear();
    RunSpec spec = spec(settings);
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data(spec),
            (epoch, step, event) -> emitted.add(new Emitted(step, event)),
            context -> Probes.of(context, LocalScorer.onAllCores()))) {
      while (loop.advance()) {}
    }

    assertThat(measured(SensitivityKind.UNROLLED)).hasSameSizeAs(synchronous);
    for (int i = 0; i < synchronous.size(); i++) {
      Emitted other = measured(SensitivityKind.UNROLLED).get(i);
      assertThat(other.step).isEqualTo(synchronous.get(i).step);
      assertThat(of(other).sensitivity()).isEqualTo(of(synchronous.get(i)).sensitivity());
      assertThat(of(other).classMatrix()).isEqualTo(of(synchronous.get(i)).classMatrix());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimizer.name=momentum   | probes.unrolled: needs optimizer.name sgd, is momentum
          network=cnn-c             | probes.unrolled: needs a network of fully connected ReLU layers like mlp-16x16, is cnn-c
          regularization.dropout=.5 | probes.unrolled: needs a network without dropout and noise, since what they did in an update is not known afterwards
          network=mlp:196-999-999-10  | probes.unrolled: needs
          probes.truncated={every: 1 epoch, updates: 99999} | probes.truncated.updates: is 99999, must be at most 52551 for 1277 parameters
          """)
  void whatCannotBeIsRefusedAtTheStart(String setting, String message) {
    RunSpec spec = spec("probes.unrolled.every=1 epoch", "training.epochs=300", setting);

    assertThatThrownBy(
            () ->
                TrainingLoop.start(
                        spec,
                        data(spec),
                        (epoch, step, event) -> {},
                        context -> Probes.of(context, LocalScorer.onAllCores()))
                    .close())
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(message);
  }
}
