package io.engram.trainer.probe;

import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.LastHiddenLayer;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.Perturbation;
import io.engram.trainer.svalidation.PixelShuffle;
import io.engram.trainer.svalidation.PixelShuffle.Choice;
import io.engram.trainer.svalidation.Rotation;
import io.engram.trainer.svalidation.SValidationSet;
import io.engram.trainer.svalidation.ScoringTask;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The examples that s-validation scores, the same ones at every checkpoint of a run: draws of
 * training and validation examples, and perturbed copies of the former.
 *
 * @param rows of the training set
 * @param validationRows of the validation set
 */
record ScoredInputs(
    ExampleSet training,
    int[] rows,
    ExampleSet validation,
    int[] validationRows,
    List<SValidationSet> sets,
    long seed) {

  /** Takes features of inputs. */
  interface Extractor {
    Features of(ImageShape shape, int rows, LastHiddenLayer.Source source);
  }

  /**
   * Features of all inputs.
   *
   * @param validation null without validation examples
   */
  record Taken(Features train, List<Features> sets, @Nullable Features validation) {}

  /**
   * @param wholePixels whether the channels of a pixel are shuffled together
   */
  static ScoredInputs of(
      ProbesSpec.SValidation spec, RunData data, boolean wholePixels, long seed) {
    Choice choice = spec.shared() ? Choice.SHARED : Choice.PER_IMAGE;
    Stream<Perturbation> shuffles =
        spec.shuffles().stream().map(share -> new PixelShuffle(share, choice, wholePixels));
    Stream<Perturbation> rotations = spec.rotations().stream().map(Rotation::new);
    ExampleSet training = data.training();
    return new ScoredInputs(
        training,
        training.draw(spec.examples(), seed),
        data.validation(),
        data.validation().draw(spec.validation(), seed),
        Stream.concat(shuffles, rotations)
            .map(perturbation -> new SValidationSet(training, perturbation, seed))
            .toList(),
        seed);
  }

  /** What the sets are called in metrics, in their order. */
  List<String> labels() {
    return sets.stream().map(set -> set.perturbation().label()).toList();
  }

  Taken taken(Extractor extractor) {
    return new Taken(
        taken(extractor, rows, training::copyInput),
        sets.stream().map(set -> taken(extractor, rows, set::copyInput)).toList(),
        validationRows.length == 0
            ? null
            : taken(extractor, validationRows, validation::copyInput));
  }

  private Features taken(Extractor extractor, int[] rows, LastHiddenLayer.Source source) {
    return extractor.of(
        training.shape(),
        rows.length,
        (i, into, offset) -> source.copyInput(rows[i], into, offset));
  }

  /** What there is to score, with the labels as given. */
  ScoringTask task(Taken taken, NullProfile profile) {
    return new ScoringTask(
        taken.train,
        taken.sets,
        IntStream.of(rows).map(training::givenLabel).toArray(),
        taken.validation,
        IntStream.of(validationRows).map(validation::givenLabel).toArray(),
        training.classes(),
        profile,
        seed);
  }
}
