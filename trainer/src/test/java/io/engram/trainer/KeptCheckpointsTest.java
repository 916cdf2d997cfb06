package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.EventSink;
import io.engram.trainer.training.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCheckpointsTest {
  private static final EventSink NOBODY = (epoch, step, event) -> {};
  private static final LongSupplier NO_TIME = () -> 0;
  private static final int STEPS = 60;
  private static final String SPEC =
      """
      data: {name: glyphs, training: 40, validation: 20, pool: 2}
      noise: {labels: {share: 0.4}}
      network: mlp:196-8-10
      optimizer: {name: momentum, learning_rate: 0.1}
      regularization: {dropout: 0.2}
      training: {epochs: 15, batch: 10}
      onset: {keep_every: 1 step, keep_at_most: 6}
      """;

  @TempDir private Path state;

  @Test
  void runningOnFromBeforeTheOnsetEqualsTheUninterruptedRunBitForBit() throws IOException {
    Checkpoints files = new Checkpoints(state, spec().run());
    KeptCheckpoints kept = new KeptCheckpoints(spec().onset(), files, NO_TIME, list -> {});
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      kept.begin(loop, false);
      while (loop.step() < 40) {
        loop.advance();
        kept.atBoundary(loop);
      }
    }
    assertThat(kept.nameBeforeOnset(33).orElseThrow()).isBetween(10L, 33L);
    Path whole = state.resolve("whole.zip");
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      finish(loop, whole);
    }
    Path joined = state.resolve("joined.zip");
    try (TrainingLoop loop = TrainingLoop.resume(spec(), data(), NOBODY, files.beforeOnset())) {
      assertThat(loop.step()).isBetween(10L, 33L);
      finish(loop, joined);
    }

    for (String entry : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(entry(joined, entry)).as(entry).isEqualTo(entry(whole, entry));
    }
    assertThat(entry(files.beforeOnset(), "coefficients.bin"))
        .isNotEqualTo(entry(whole, "coefficients.bin"));
  }

  /** The one before any step is at most a few times as old as that step. */
  @Test
  void theFirstTheLatestAndEverFewerTowardsThePast() {
    Checkpoints files = new Checkpoints(state, spec().run());
    KeptCheckpoints kept = new KeptCheckpoints(spec().onset(), files, NO_TIME, list -> {});
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      kept.begin(loop, false);
      while (loop.step() < STEPS) {
        loop.advance();
        kept.atBoundary(loop);
        long now = loop.step();
        NavigableSet<Long> steps = files.keptSteps();
        assertThat(steps).hasSizeLessThanOrEqualTo(6).contains(0L, now);
        for (long step = 0; step <= now; step++) {
          double age = now - Objects.requireNonNull(steps.floor(step)) + 1;
          assertThat(age / (now - step + 1)).isLessThan(4);
        }
      }
    }
    kept.discard();
    assertThat(files.keptSteps()).isEmpty();
  }

  @Test
  void theyTakeAboutAHundredthOfTheTime() {
    Checkpoints files = new Checkpoints(state, spec().run());
    long[] now = {0};
    KeptCheckpoints kept = new KeptCheckpoints(spec().onset(), files, () -> now[0]++, list -> {});
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      kept.begin(loop, false);
      while (loop.step() < STEPS) {
        now[0] += 3;
        loop.advance();
        kept.atBoundary(loop);
      }
    }
    assertThat(files.keptSteps()).containsExactly(0L, 1L, 23L, 45L);
  }

  @Test
  void aFreshStartForgetsAndAResumedOneKeepsWhatLiesBeforeIt() {
    Checkpoints files = new Checkpoints(state, spec().run());
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      KeptCheckpoints first = new KeptCheckpoints(spec().onset(), files, NO_TIME, list -> {});
      first.begin(loop, false);
      while (loop.step() < 4) {
        loop.advance();
        first.atBoundary(loop);
      }
      first.nameBeforeOnset(2);
    }
    try (TrainingLoop loop = TrainingLoop.resume(spec(), data(), NOBODY, files.beforeOnset())) {
      KeptCheckpoints resumed = new KeptCheckpoints(spec().onset(), files, NO_TIME, list -> {});
      resumed.begin(loop, true);
      assertThat(files.keptSteps()).containsExactly(0L, 1L, 2L);
      assertThat(resumed.nameBeforeOnset(1)).isEqualTo(OptionalLong.of(1));
    }
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      new KeptCheckpoints(spec().onset(), files, NO_TIME, list -> {}).begin(loop, false);
      assertThat(files.keptSteps()).containsExactly(0L);
    }
    assertThat(files.beforeOnset()).exists();
  }

  @Test
  void aDiskThatTakesNothingEndsTheKeepingAndNotTheRun() throws IOException {
    Files.createFile(state.resolve("checkpoints"));
    KeptCheckpoints kept =
        new KeptCheckpoints(
            spec().onset(), new Checkpoints(state, spec().run()), NO_TIME, list -> {});
    try (TrainingLoop loop = TrainingLoop.start(spec(), data(), NOBODY)) {
      kept.begin(loop, false);
      loop.advance();
      kept.atBoundary(loop);
    }
    assertThat(kept.nameBeforeOnset(100)).isEmpty();
  }

  private static void finish(TrainingLoop loop, Path file) {
    while (loop.step() < STEPS) {
      loop.advance();
    }
    loop.keepCheckpoint(file);
  }

  private static byte[] entry(Path zip, String name) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.getInputStream(file.getEntry(name)).readAllBytes();
    }
  }

  private static RunSpec spec() {
    return RunFiles.parse("kept", SPEC, List.of());
  }

  private static RunData data() {
    DataLocations nowhere = new DataLocations(List.of(), Path.of("none"));
    return Datasets.load(spec().data(), spec().noise(), 1, nowhere, DownloadProgress.NONE);
  }
}
