package io.engram.trainer.dataset;

import io.engram.trainer.spec.NoiseSpec;
import java.util.BitSet;

/**
 * Makes example sets of one run: alike in everything but what is done to labels and inputs.
 *
 * @param noiseMoments of input noise
 */
record Examples(
    ImageShape shape,
    int classes,
    NoiseSpec noise,
    Moments noiseMoments,
    Standardization standardization,
    long seed) {

  /** As they are. */
  ExampleSet clean(RawSet set, Levels levels, int[] labels) {
    return new ExampleSet(
        shape,
        classes,
        set.ids(),
        labels,
        labels,
        new BitSet(),
        levels,
        standardization,
        new float[set.size()][]);
  }

  /** With the run's noise. */
  ExampleSet noisy(RawSet set, Levels levels, int[] labels) {
    LabelNoise labelNoise = LabelNoise.apply(noise.labels(), labels, set.ids(), classes, seed);
    float[][] replaced = new float[set.size()][];
    for (int row = 0; row < replaced.length; row++) {
      int id = set.ids()[row];
      if (InputNoise.selects(noise.inputs(), seed, id)) {
        replaced[row] = InputNoise.draw(noiseMoments, standardization, shape.size(), seed, id);
      }
    }
    return new ExampleSet(
        shape,
        classes,
        set.ids(),
        labelNoise.given(),
        labels,
        labelNoise.selected(),
        levels,
        standardization,
        replaced);
  }

  /** Real inputs under labels other than those that the run's noise would have given them. */
  ExampleSet canaries(RawSet set, Levels levels, int[] labels) {
    int[] given = LabelNoise.apply(noise.labels(), labels, set.ids(), classes, seed).given();
    return new ExampleSet(
        shape,
        classes,
        set.ids(),
        CanaryLabels.draw(given, set.ids(), classes, seed),
        given,
        new BitSet(),
        levels,
        standardization,
        new float[set.size()][]);
  }
}
