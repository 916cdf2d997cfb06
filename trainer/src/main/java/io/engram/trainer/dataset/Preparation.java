package io.engram.trainer.dataset;

import io.engram.events.RunStarted;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From a data set as read to the examples of a run: part, pooling, standardization, noise. */
final class Preparation {
  private final Source source;
  private final DataSpec data;
  private final NoiseSpec noise;
  private final long seed;

  Preparation(Source source, DataSpec data, NoiseSpec noise, long seed) {
    this.source = source;
    this.data = data;
    this.noise = noise;
    this.seed = seed;
  }

  RunData run() {
    check();
    RawSet training =
        Sample.draw(source.training(), data.classes(), data.training(), seed, "data.training");
    RawSet validation =
        data.uniqueClasses()
            ? source.validation().select(new int[0])
            : Sample.draw(
                source.validation(), data.classes(), data.validation(), seed, "data.validation");
    if (training.size() == 0) {
      throw new DatasetException("%s has no training examples".formatted(source.name()));
    }
    ImageShape shape = data.pool() == 2 ? Pooling.shape(training.shape()) : training.shape();
    int classes = classes(training);
    Levels levels = levels(training);
    Moments moments = Moments.scalar(levels, training.size(), shape.size());
    Standardization standardization = standardization(moments);

    int[] labels =
        data.uniqueClasses() ? IntStream.range(0, training.size()).toArray() : labels(training);
    LabelNoise labelNoise = LabelNoise.apply(noise.labels(), labels, training.ids(), classes, seed);
    float[][] replaced = replaced(training, levels, moments, standardization, shape.size());
    ExampleSet trainingSet =
        new ExampleSet(
            shape,
            classes,
            training.ids(),
            labelNoise.given(),
            labels,
            labelNoise.selected(),
            levels,
            standardization,
            replaced);
    int[] validationLabels = labels(validation);
    ExampleSet validationSet =
        new ExampleSet(
            shape,
            classes,
            validation.ids(),
            validationLabels,
            validationLabels,
            new BitSet(),
            levels(validation),
            standardization,
            new float[validation.size()][]);
    return new RunData(
        trainingSet,
        validationSet,
        standardization,
        describe(trainingSet, validationSet, standardization),
        describe(replaced, labelNoise, labels),
        source.origin());
  }

  private void check() {
    if (data.classes() != null) {
      for (int label : data.classes()) {
        if (label < 0 || label >= source.classes()) {
          throw new InvalidSettingException(
              "data.classes",
              "has %d, the classes of %s are 0 to %d"
                  .formatted(label, source.name(), source.classes() - 1));
        }
      }
    }
    ImageShape shape = source.training().shape();
    if (shape.height() % data.pool() != 0 || shape.width() % data.pool() != 0) {
      throw new InvalidSettingException(
          "data.pool",
          "is %d, must be 1 for images of %dx%d"
              .formatted(data.pool(), shape.height(), shape.width()));
    }
    if (data.uniqueClasses() && noise.labels().share() > 0) {
      throw new InvalidSettingException(
          "noise.labels.share", "must be 0 where data.unique_classes is true");
    }
  }

  private int classes(RawSet training) {
    if (data.uniqueClasses()) {
      return training.size();
    }
    return data.classes() == null ? source.classes() : data.classes().size();
  }

  private Levels levels(RawSet set) {
    return data.pool() == 2
        ? Pooling.pool(set)
        : new Levels.Bytes(set.pixels(), set.shape().size());
  }

  private Standardization standardization(Moments moments) {
    if (!data.standardize()) {
      return Standardization.NONE;
    }
    if (!moments.vary()) {
      throw new DatasetException(
          "all training pixels of %s are equal, so they cannot be standardized"
              .formatted(source.name()));
    }
    return new Standardization(moments.mean(0), moments.standardDeviation(0));
  }

  private int[] labels(RawSet set) {
    List<Integer> classes = data.classes();
    int[] labels = new int[set.size()];
    for (int row = 0; row < labels.length; row++) {
      int label = set.labels()[row];
      labels[row] = classes == null ? label : classes.indexOf(label);
    }
    return labels;
  }

  private float[][] replaced(
      RawSet training, Levels levels, Moments scalar, Standardization standardization, int size) {
    Moments moments =
        noise.inputs().share() > 0 && noise.inputs().moments() == NoiseSpec.Moments.PER_PIXEL
            ? Moments.perPixel(levels, training.size(), size)
            : scalar;
    float[][] replaced = new float[training.size()][];
    for (int row = 0; row < replaced.length; row++) {
      int id = training.ids()[row];
      if (InputNoise.selects(noise.inputs(), seed, id)) {
        replaced[row] = InputNoise.draw(moments, standardization, size, seed, id);
      }
    }
    return replaced;
  }

  private RunStarted.Dataset describe(
      ExampleSet training, ExampleSet validation, Standardization standardization) {
    StringBuilder name = new StringBuilder(source.name());
    if (data.classes() != null) {
      name.append(
          data.classes().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(",", " classes ", "")));
    }
    if (data.uniqueClasses()) {
      name.append(" unique classes");
    }
    if (data.pool() > 1) {
      name.append(" %dx%d".formatted(training.shape().height(), training.shape().width()));
    }
    return new RunStarted.Dataset(
        name.toString(),
        source.training().sha256(),
        training.size(),
        validation.size(),
        training.classes(),
        training.shape().height(),
        training.shape().width(),
        training.shape().channels(),
        standardization.mean(),
        standardization.standardDeviation());
  }

  private RunStarted.Noise describe(float[][] replaced, LabelNoise labelNoise, int[] labels) {
    NoiseSpec.Inputs inputs = noise.inputs();
    NoiseSpec.Labels asked = noise.labels();
    int inputsReplaced = 0;
    for (float[] input : replaced) {
      inputsReplaced += input != null ? 1 : 0;
    }
    return new RunStarted.Noise(
        inputs.share() > 0 ? lower(inputs.moments()) : "none",
        inputs.share(),
        inputsReplaced,
        asked.share() > 0 ? lower(asked.kind()) : "none",
        asked.share(),
        labelNoise.selected().cardinality(),
        labelNoise.flipped(labels));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
