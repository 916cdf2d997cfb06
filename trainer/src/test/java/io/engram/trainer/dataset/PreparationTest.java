package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunStarted;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PreparationTest {
  private static final ImageShape SHAPE = new ImageShape(4, 6, 3);
  private static final RawSet TRAINING = set(0, 200);
  private static final RawSet VALIDATION = set(200, 60);
  private static final Source SOURCE = new Source("tiny", 10, TRAINING, VALIDATION, "made up");

  private static RawSet set(int firstId, int count) {
    return new RawSet(
        SHAPE,
        IntStream.range(firstId, firstId + count).toArray(),
        TestFiles.labels(count),
        TestFiles.pattern(count * SHAPE.size(), firstId));
  }

  private static DataSpec data(
      @Nullable List<Integer> classes, @Nullable Integer training, int pool, boolean unique) {
    return new DataSpec("tiny", classes, training, null, 0, pool, true, unique);
  }

  private static RunData prepare(DataSpec data, NoiseSpec noise, long seed) {
    return new Preparation(SOURCE, data, noise, CanariesSpec.NONE, seed).run();
  }

  private static RunData whole() {
    return prepare(DataSpec.of("tiny"), NoiseSpec.NONE, 1);
  }

  private static float[] input(ExampleSet set, int row) {
    float[] input = new float[set.shape().size()];
    set.copyInput(row, input, 0);
    return input;
  }

  @Test
  void inputsArePixelsStandardizedWithTheConstantsOfTheHeader() {
    RunData run = whole();
    double mean = 0;
    for (byte pixel : TRAINING.pixels()) {
      mean += (pixel & 0xff) / 255.0 / TRAINING.pixels().length;
    }
    double variance = 0;
    for (byte pixel : TRAINING.pixels()) {
      variance += Math.pow((pixel & 0xff) / 255.0 - mean, 2) / TRAINING.pixels().length;
    }

    RunStarted.Dataset header = run.describedDataset();
    assertThat(header.inputMean()).isCloseTo(mean, within(1e-12));
    assertThat(header.inputStandardDeviation()).isCloseTo(Math.sqrt(variance), within(1e-12));
    float[] input = input(run.validation(), 41);
    for (int i = 0; i < SHAPE.size(); i++) {
      double pixel = (VALIDATION.pixels()[41 * SHAPE.size() + i] & 0xff) / 255.0;
      assertThat((double) input[i]).isCloseTo((pixel - mean) / Math.sqrt(variance), within(1e-6));
    }
  }

  @Test
  void copiesAnInputToItsPlaceAndNowhereElse() {
    ExampleSet set = whole().training();
    float[] into = new float[3 * SHAPE.size()];
    Arrays.fill(into, 99);

    set.copyInput(5, into, SHAPE.size());

    assertThat(Arrays.copyOfRange(into, SHAPE.size(), 2 * SHAPE.size())).isEqualTo(input(set, 5));
    assertThat(Arrays.copyOf(into, SHAPE.size())).containsOnly(99);
    assertThat(Arrays.copyOfRange(into, 2 * SHAPE.size(), into.length)).containsOnly(99);
  }

  @Test
  void inputsStayInZeroToOneWithoutStandardization() {
    DataSpec data = new DataSpec("tiny", null, null, null, 0, 1, false, false);
    RunData run = prepare(data, NoiseSpec.NONE, 1);

    assertThat(run.standardization()).isEqualTo(new Standardization(0, 1));
    assertThat(run.describedDataset().inputStandardDeviation()).isEqualTo(1);
    assertThat(input(run.training(), 0)[7]).isEqualTo((TRAINING.pixels()[7] & 0xff) / 255f);
  }

  @Test
  void keepsClassesRenumberedInTheOrderGiven() {
    RunData run = prepare(data(List.of(9, 4), null, 1, false), NoiseSpec.NONE, 1);

    ExampleSet training = run.training();
    assertThat(training.classes()).isEqualTo(2);
    assertThat(training.size()).isEqualTo(40);
    for (int row = 0; row < training.size(); row++) {
      int original = TRAINING.labels()[training.id(row)];
      assertThat(original).isIn(4, 9);
      assertThat(training.trueLabel(row)).isEqualTo(original == 9 ? 0 : 1);
      assertThat(training.givenLabel(row)).isEqualTo(training.trueLabel(row));
    }
    assertThat(run.validation().size()).isEqualTo(12);
    assertThat(run.describedDataset().name()).isEqualTo("tiny classes 9,4");
  }

  @Test
  void anIdNamesTheSameExampleInEveryRun() {
    NoiseSpec noise = NoiseSpec.labels(0.5, NoiseSpec.Kind.UNIFORM);
    ExampleSet all = prepare(DataSpec.of("tiny"), noise, 3).training();
    ExampleSet part = prepare(data(null, 50, 1, false), noise, 3).training();
    ExampleSet other = prepare(data(null, 50, 1, false), noise, 4).training();

    for (ExampleSet set : List.of(part, other)) {
      assertThat(set.size()).isEqualTo(50);
      for (int row = 0; row < 50; row++) {
        int id = set.id(row);
        assertThat(set.pixels(row)).isEqualTo(all.pixels(id));
        assertThat(set.trueLabel(row)).isEqualTo(all.trueLabel(id));
        assertThat(row == 0 || set.id(row - 1) < id).isTrue();
      }
    }
    for (int row = 0; row < 50; row++) {
      assertThat(part.givenLabel(row)).isEqualTo(all.givenLabel(part.id(row)));
    }
  }

  @Test
  void poolsBeforeStandardizing() {
    RunData run = prepare(data(null, null, 2, false), NoiseSpec.NONE, 1);

    assertThat(run.training().shape()).isEqualTo(new ImageShape(2, 3, 3));
    assertThat(run.describedDataset().name()).isEqualTo("tiny 2x3");
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < 200; row++) {
      for (float value : input(run.training(), row)) {
        sum += value;
        squares += value * value;
      }
    }
    assertThat(sum / (200 * 18)).isCloseTo(0, within(1e-5));
    assertThat(squares / (200 * 18)).isCloseTo(1, within(1e-5));
    int corner = IntStream.of(0, 1, 6, 7).map(i -> TRAINING.pixels()[i] & 0xff).sum();
    assertThat(run.training().pixels(0)[0] & 0xff).isEqualTo(Math.round(corner / 4f));
    assertThat(run.standardization().invert(input(run.training(), 0)[0]))
        .isCloseTo(corner / 1020.0, within(1e-6));
  }

  @Test
  void picturesAreBytesInTheOrderHeightWidthChannel() {
    byte[] picture = whole().training().pixels(7);

    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 6; x++) {
          assertThat(picture[(y * 6 + x) * 3 + channel])
              .isEqualTo(TRAINING.pixels()[7 * SHAPE.size() + (channel * 4 + y) * 6 + x]);
        }
      }
    }
  }

  @Test
  void replacedInputsKeepTheirLabelsAndValidationStaysReal() {
    RunData clean = whole();
    RunData run = prepare(DataSpec.of("tiny"), NoiseSpec.inputs(0.5, NoiseSpec.Moments.SCALAR), 1);

    int replaced = 0;
    for (int row = 0; row < 200; row++) {
      boolean same = Arrays.equals(input(run.training(), row), input(clean.training(), row));
      assertThat(run.training().inputReplaced(row)).isNotEqualTo(same);
      assertThat(run.training().givenLabel(row)).isEqualTo(clean.training().givenLabel(row));
      replaced += same ? 0 : 1;
    }
    for (int row = 0; row < 60; row++) {
      assertThat(input(run.validation(), row)).isEqualTo(input(clean.validation(), row));
      assertThat(run.validation().inputReplaced(row)).isFalse();
    }
    assertThat(run.standardization()).isEqualTo(clean.standardization());
    assertThat(run.describedNoise())
        .isEqualTo(new RunStarted.Noise("scalar", 0.5, replaced, "none", 0, 0, 0));
  }

  @Test
  void theSameNoiseImageIsDrawnOnEveryScale() {
    DataSpec plain = new DataSpec("tiny", null, null, null, 0, 1, false, false);
    NoiseSpec noise = NoiseSpec.inputs(1, NoiseSpec.Moments.PER_PIXEL);
    RunData standardized = prepare(DataSpec.of("tiny"), noise, 1);
    RunData unscaled = prepare(plain, noise, 1);

    float[] one = input(standardized.training(), 11);
    float[] other = input(unscaled.training(), 11);
    for (int i = 0; i < SHAPE.size(); i++) {
      assertThat(standardized.standardization().invert(one[i])).isCloseTo(other[i], within(1e-6));
    }
    byte[] picture = unscaled.training().pixels(11);
    assertThat(picture[0] & 0xff)
        .isEqualTo((int) Math.round(255 * Math.min(1, Math.max(0, (double) other[0]))));
    assertThat(standardized.describedNoise().inputs()).isEqualTo("per_pixel");
  }

  @Test
  void masksSayWhichLabelsWereSelectedAndWhichFlipped() {
    RunData run = prepare(DataSpec.of("tiny"), NoiseSpec.labels(0.6, NoiseSpec.Kind.UNIFORM), 2);

    ExampleSet training = run.training();
    int selected = 0;
    int flipped = 0;
    for (int row = 0; row < 200; row++) {
      assertThat(training.trueLabel(row)).isEqualTo(row % 10);
      assertThat(training.flipped(row))
          .isEqualTo(training.givenLabel(row) != training.trueLabel(row));
      if (training.flipped(row)) {
        assertThat(training.selected(row)).isTrue();
      }
      selected += training.selected(row) ? 1 : 0;
      flipped += training.flipped(row) ? 1 : 0;
    }
    assertThat(flipped).isPositive().isLessThan(selected);
    assertThat(run.describedNoise())
        .isEqualTo(new RunStarted.Noise("none", 0, 0, "uniform", 0.6, selected, flipped));
    for (int row = 0; row < 60; row++) {
      assertThat(run.validation().flipped(row)).isFalse();
      assertThat(run.validation().selected(row)).isFalse();
    }
  }

  @Test
  void uniqueClassesLabelTheTrainingExamplesInTurnAndLeaveNoneToValidate() {
    RunData run =
        prepare(data(null, 30, 1, true), NoiseSpec.inputs(0.5, NoiseSpec.Moments.SCALAR), 1);

    assertThat(run.training().classes()).isEqualTo(30);
    for (int row = 0; row < 30; row++) {
      assertThat(run.training().givenLabel(row)).isEqualTo(row);
      assertThat(run.training().flipped(row)).isFalse();
    }
    assertThat(run.validation().size()).isZero();
    assertThat(run.describedDataset().classes()).isEqualTo(30);
    assertThat(run.describedDataset().validationExamples()).isZero();
    assertThat(run.describedDataset().name()).isEqualTo("tiny unique classes");
  }

  @Test
  void theHeaderDescribesTheData() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(TestFiles.concat(TRAINING.pixels(), TRAINING.labels()));

    RunStarted.Dataset header =
        prepare(data(null, 50, 1, false), NoiseSpec.NONE, 1).describedDataset();

    assertThat(header.sha256()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    assertThat(header.trainingExamples()).isEqualTo(50);
    assertThat(header.validationExamples()).isEqualTo(60);
    assertThat(List.of(header.height(), header.width(), header.channels()))
        .containsExactly(4, 6, 3);
  }

  @Test
  void describesExamplesInChunks() {
    RawSet large =
        new RawSet(
            new ImageShape(1, 1, 1),
            IntStream.range(0, 20_000).toArray(),
            TestFiles.labels(20_000),
            TestFiles.pattern(20_000, 1));
    Source source = new Source("large", 10, large, VALIDATION, "made up");
    ExampleSet training =
        new Preparation(
                source,
                DataSpec.of("large"),
                NoiseSpec.labels(0.5, NoiseSpec.Kind.UNIFORM),
                CanariesSpec.NONE,
                1)
            .run()
            .training();

    List<ExamplesDescribed> chunks = training.described(ExampleRole.TRAINING);

    assertThat(chunks).extracting(chunk -> chunk.ids().length).containsExactly(8_192, 8_192, 3_616);
    int row = 0;
    for (ExamplesDescribed chunk : chunks) {
      assertThat(chunk.role()).isEqualTo(ExampleRole.TRAINING);
      for (int i = 0; i < chunk.ids().length; i++, row++) {
        assertThat(chunk.ids()[i]).isEqualTo(training.id(row));
        assertThat(chunk.givenLabels()[i]).isEqualTo(training.givenLabel(row));
        assertThat(chunk.trueLabels()[i]).isEqualTo(training.trueLabel(row));
      }
    }
    assertThat(row).isEqualTo(20_000);
  }

  @Test
  void sameSeedSameRun() {
    NoiseSpec noise =
        new NoiseSpec(
            new NoiseSpec.Inputs(0.3, NoiseSpec.Moments.SCALAR),
            new NoiseSpec.Labels(0.4, NoiseSpec.Kind.UNIFORM_OTHERS));
    RunData one = prepare(data(null, 100, 1, false), noise, 9);
    RunData two = prepare(data(null, 100, 1, false), noise, 9);

    for (int row = 0; row < 100; row++) {
      assertThat(two.training().id(row)).isEqualTo(one.training().id(row));
      assertThat(two.training().givenLabel(row)).isEqualTo(one.training().givenLabel(row));
      assertThat(input(two.training(), row)).isEqualTo(input(one.training(), row));
    }
  }

  @Test
  void namesSettingsThatTheDataDoNotAllow() {
    assertComplaint(
        data(List.of(3, 10), null, 1, false),
        NoiseSpec.NONE,
        "data.classes: has 10, the classes of tiny are 0 to 9");
    assertComplaint(
        data(List.of(1, 2), 41, 1, false),
        NoiseSpec.NONE,
        "data.training: is 41, must be at most the 40 examples there are");
    assertComplaint(
        new DataSpec("tiny", null, null, 61, 0, 1, true, false),
        NoiseSpec.NONE,
        "data.validation: is 61, must be at most the 60 examples there are");
    assertComplaint(
        data(null, 30, 1, true),
        NoiseSpec.labels(0.1, NoiseSpec.Kind.UNIFORM),
        "noise.labels.share: must be 0 where data.unique_classes is true");
  }

  private static void assertComplaint(DataSpec data, NoiseSpec noise, String message) {
    assertThatThrownBy(() -> prepare(data, noise, 1))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @Test
  void namesDataThatCannotBePooledOrStandardized() {
    RawSet odd = new RawSet(new ImageShape(3, 2, 1), new int[1], new byte[1], new byte[6]);
    Source source = new Source("odd", 10, odd, odd, "made up");

    assertThatThrownBy(
            () ->
                new Preparation(
                        source, data(null, null, 2, false), NoiseSpec.NONE, CanariesSpec.NONE, 1)
                    .run())
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("data.pool: is 2, must be 1 for images of 3x2");
    assertThatThrownBy(
            () ->
                new Preparation(source, DataSpec.of("odd"), NoiseSpec.NONE, CanariesSpec.NONE, 1)
                    .run())
        .isInstanceOf(DatasetException.class)
        .hasMessage("all training pixels of odd are equal, so they cannot be standardized");
  }
}
