package io.engram.trainer.dataset;

import io.engram.trainer.spec.NoiseSpec;
import java.util.BitSet;

/**
 * randY: labels drawn anew (Arpit et al. 2017, §2; Zhang et al. 2017, §2.1). Each label is selected
 * with the given probability, independently, and where it goes is fixed by (seed, id). A larger
 * share selects the same labels and more, and sends them to the same classes.
 *
 * @param given the labels afterwards
 * @param selected the rows whose label was drawn anew, whether it changed or not
 */
record LabelNoise(int[] given, BitSet selected) {

  static LabelNoise apply(NoiseSpec.Labels noise, int[] labels, int[] ids, int classes, long seed) {
    LabelNoise result = new LabelNoise(labels.clone(), new BitSet(labels.length));
    for (int row = 0; row < labels.length; row++) {
      KeyedRandom random = new KeyedRandom(seed, KeyedRandom.Purpose.LABEL, ids[row]);
      if (random.nextDouble() < noise.share()) {
        result.selected.set(row);
        result.given[row] = redraw(noise.kind(), labels[row], classes, random);
      }
    }
    return result;
  }

  private static int redraw(NoiseSpec.Kind kind, int label, int classes, KeyedRandom random) {
    return switch (kind) {
      case UNIFORM -> random.nextInt(classes);
      case UNIFORM_OTHERS -> (label + 1 + random.nextInt(classes - 1)) % classes;
      case PAIR_FLIP -> (label + 1) % classes;
    };
  }
}
