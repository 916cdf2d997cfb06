package io.engram.trainer.dataset;

import io.engram.events.RunStarted;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From a data set as read to the examples of a run: part, pooling, standardization, noise. */
final class Preparation {
  private final Source source;
  private final DataSpec data;
  private final NoiseSpec noise;
  private final CanariesSpec canaries;
  private final long seed;

  Preparation(Source source, DataSpec data, NoiseSpec noise, CanariesSpec canaries, long seed) {
    this.source = source;
    this.data = data;
    this.noise = noise;
    this.canaries = canaries;
    this.seed = seed;
  }

  RunData run() {
    check();
    Parts parts = Parts.draw(source.training(), data, canaries, seed);
    if (parts.training().size() == 0) {
      throw new DatasetException("%s has no training examples".formatted(source.name()));
    }
    RawSet held =
        data.uniqueClasses()
            ? source.validation().select(new int[0])
            : Sample.draw(
                source.validation(), data.classes(), data.validation(), seed, "data.validation");
    Levels levels = levels(parts.training());
    Moments moments = Moments.scalar(levels, parts.training().size(), shape().size());
    Standardization standardization = standardization(moments);
    Moments noiseMoments =
        noise.inputs().share() > 0 && noise.inputs().moments() == NoiseSpec.Moments.PER_PIXEL
            ? Moments.perPixel(levels, parts.training().size(), shape().size())
            : moments;
    Examples examples =
        new Examples(
            shape(), classes(parts.training()), noise, noiseMoments, standardization, seed);

    ExampleSet training =
        examples.noisy(
            parts.training(),
            levels,
            data.uniqueClasses()
                ? IntStream.range(0, parts.training().size()).toArray()
                : labels(parts.training()));
    ExampleSet validation = examples.clean(held, levels(held), labels(held));
    ExampleSet holdout =
        examples.noisy(parts.holdout(), levels(parts.holdout()), labels(parts.holdout()));
    ExampleSet canarySet = canaries(examples, parts.canaries());
    return new RunData(
        training,
        validation,
        holdout,
        canarySet,
        canaries(examples, parts.ghosts()),
        training.followedBy(canarySet),
        standardization,
        describe(training, validation, standardization),
        describe(training),
        source.origin());
  }

  private ExampleSet canaries(Examples examples, RawSet set) {
    return examples.canaries(set, levels(set), labels(set));
  }

  private ImageShape shape() {
    ImageShape shape = source.training().shape();
    return data.pool() == 2 ? Pooling.shape(shape) : shape;
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
    checkApart("data.holdout", data.holdout(), 1);
    checkApart("canaries.count", canaries.count(), 2);
    checkApart("canaries.ghosts", canaries.ghosts(), 2);
  }

  private void checkApart(String setting, int examples, int leastClasses) {
    if (examples == 0) {
      return;
    }
    if (data.uniqueClasses()) {
      throw new InvalidSettingException(
          setting,
          "is %d, must be 0 where data.unique_classes is true: nothing else has those classes"
              .formatted(examples));
    }
    if (source.classes() < leastClasses) {
      throw new InvalidSettingException(
          setting,
          "is %d, must be 0 where there is one class: no label is wrong".formatted(examples));
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

  private RunStarted.Noise describe(ExampleSet training) {
    NoiseSpec.Inputs inputs = noise.inputs();
    NoiseSpec.Labels asked = noise.labels();
    int inputsReplaced = 0;
    int selected = 0;
    int flipped = 0;
    for (int row = 0; row < training.size(); row++) {
      inputsReplaced += training.inputReplaced(row) ? 1 : 0;
      selected += training.selected(row) ? 1 : 0;
      flipped += training.flipped(row) ? 1 : 0;
    }
    return new RunStarted.Noise(
        inputs.share() > 0 ? lower(inputs.moments()) : "none",
        inputs.share(),
        inputsReplaced,
        asked.share() > 0 ? lower(asked.kind()) : "none",
        asked.share(),
        selected,
        flipped);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
