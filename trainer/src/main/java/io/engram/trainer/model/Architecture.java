package io.engram.trainer.model;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.InvalidSettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hidden stages of a network and how its outputs are trained; the output layer has one unit a
 * class.
 *
 * @param crop pixels taken off every side of the input
 * @param blocks hidden stages, from input to output
 * @param sigmoidOutputs one sigmoid a class with binary cross-entropy averaged over the classes,
 *     and Glorot-uniform weights (Chaibub Neto 2018); otherwise softmax with cross-entropy and
 *     He-normal weights
 */
record Architecture(int crop, List<Block> blocks, boolean sigmoidOutputs) {
  Architecture {
    blocks = List.copyOf(blocks);
  }

  /** Fully connected ReLU layers under a softmax. */
  static Architecture multilayerPerceptron(int... units) {
    return new Architecture(
        0, Arrays.stream(units).<Block>mapToObj(n -> new Block.Dense(n, false, 0)).toList(), false);
  }

  /**
   * Chaibub Neto 2018, Fig. 1 a, b, d, e: {@code dropout[l]} follows the layer of {@code units[l]}.
   */
  static Architecture netoPerceptron(int[] units, double[] dropout) {
    List<Block> blocks = new ArrayList<>();
    for (int l = 0; l < units.length; l++) {
      blocks.add(new Block.Dense(units[l], false, dropout[l]));
    }
    return new Architecture(0, blocks, true);
  }

  /** Chaibub Neto 2018, Fig. 1 c, f. */
  static Architecture netoConvolutional(double dropoutAfterPool, double dropoutAfterDense) {
    return new Architecture(
        0,
        List.of(
            new Block.Convolution(32, 3, false, false),
            new Block.Convolution(64, 3, false, false),
            new Block.MaxPool(2, 2, false, dropoutAfterPool),
            new Block.Dense(16, false, dropoutAfterDense)),
        true);
  }

  /** Arpit et al. 2017, footnote 2; padding and strides as chosen in the README. */
  static Architecture arpitConvolutional(int filters) {
    return new Architecture(
        2,
        List.of(
            new Block.Convolution(filters, 5, true, true),
            new Block.MaxPool(3, 2, true, 0),
            new Block.Convolution(filters, 5, true, true),
            new Block.MaxPool(3, 2, true, 0),
            new Block.Dense(384, true, 0),
            new Block.Dense(192, true, 0)),
        false);
  }

  /**
   * @throws InvalidSettingException if nothing would be left of an image
   */
  void requireFits(String name, ImageShape shape) {
    int least = 1;
    for (int b = blocks.size() - 1; b >= 0; b--) {
      if (blocks.get(b) instanceof Block.MaxPool pool && !pool.padded()) {
        least = (least - 1) * pool.stride() + pool.kernel();
      } else if (blocks.get(b) instanceof Block.Convolution convolution && !convolution.padded()) {
        least += convolution.kernel() - 1;
      }
    }
    least += 2 * crop;
    if (shape.height() < least || shape.width() < least) {
      throw new InvalidSettingException(
          "network.name",
          "%s needs images of at least %d x %d pixels, the data's are %d x %d"
              .formatted(name, least, least, shape.height(), shape.width()));
    }
  }
}
