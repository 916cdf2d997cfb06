package io.engram.trainer.dataset;

import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Examples by row, 0 to size - 1, in ascending order of their ids (but for {@link
 * RunData#trained()}). Immutable and safe to share between threads.
 *
 * <p>An id names the same example in every run on the same data set, whatever the subset, size,
 * pooling or noise; training and validation examples of a data set have no id in common.
 *
 * <p>Pixels are kept as bytes (as two where pooled) and standardized by table when copied; only
 * replaced inputs are kept as floats.
 */
public final class ExampleSet {
  private static final int CHUNK = 8_192;

  private final ImageShape shape;
  private final int classes;
  private final int[] ids;
  private final int[] givenLabels;
  private final int[] trueLabels;
  private final BitSet selected;
  private final Levels levels;
  private final float[] table;
  private final Standardization standardization;
  private final float[] @Nullable [] replaced;

  /**
   * @param replaced standardized inputs of the rows whose inputs are noise, null for the others
   */
  ExampleSet(
      ImageShape shape,
      int classes,
      int[] ids,
      int[] givenLabels,
      int[] trueLabels,
      BitSet selected,
      Levels levels,
      Standardization standardization,
      float[] @Nullable [] replaced) {
    this.shape = shape;
    this.classes = classes;
    this.ids = ids;
    this.givenLabels = givenLabels;
    this.trueLabels = trueLabels;
    this.selected = selected;
    this.levels = levels;
    this.standardization = standardization;
    this.replaced = replaced;
    table = new float[levels.maximum() + 1];
    for (int level = 0; level < table.length; level++) {
      table[level] = (float) standardization.apply((double) level / levels.maximum());
    }
  }

  /** Number of examples. */
  public int size() {
    return ids.length;
  }

  /** Extent of every input. */
  public ImageShape shape() {
    return shape;
  }

  /** Number of classes; labels are 0 to classes - 1. */
  public int classes() {
    return classes;
  }

  /** Stable id of an example, 0 or greater. */
  public int id(int row) {
    return ids[row];
  }

  /** The row of the example with an id, where ids ascend; negative if there is none. */
  public int row(int id) {
    return Arrays.binarySearch(ids, id);
  }

  /** The label that is trained on or evaluated against. */
  public int givenLabel(int row) {
    return givenLabels[row];
  }

  /** The label before noise. */
  public int trueLabel(int row) {
    return trueLabels[row];
  }

  /** Whether the given label differs from the true one. */
  public boolean flipped(int row) {
    return givenLabels[row] != trueLabels[row];
  }

  /** Whether the label was drawn anew, flipped by it or not. */
  public boolean selected(int row) {
    return selected.get(row);
  }

  /** Whether the input is noise. */
  public boolean inputReplaced(int row) {
    return replaced[row] != null;
  }

  /**
   * Writes what the network sees of an example: {@code shape().size()} standardized values,
   * channel-major (channel, row, column).
   */
  public void copyInput(int row, float[] into, int offset) {
    float[] noise = replaced[row];
    if (noise == null) {
      levels.copy(row, table, into, offset);
    } else {
      System.arraycopy(noise, 0, into, offset, noise.length);
    }
  }

  /**
   * An example as a picture: unsigned bytes in the order height × width × channels. Noise is
   * rounded and clipped to 0 to 255 here, and only here.
   */
  public byte[] pixels(int row) {
    int channels = shape.channels();
    int area = shape.height() * shape.width();
    float[] noise = replaced[row];
    byte[] picture = new byte[shape.size()];
    for (int i = 0; i < picture.length; i++) {
      double pixel =
          noise == null
              ? (double) levels.level(row, i) / levels.maximum()
              : standardization.invert(noise[i]);
      long level = Math.round(255 * Math.min(1, Math.max(0, pixel)));
      picture[i % area * channels + i / area] = (byte) level;
    }
    return picture;
  }

  /**
   * Rows of a fixed draw, the same for whoever asks, in ascending order: all there are if they are
   * not more than {@code count}. Each example has a key fixed by (seed, id), and the smallest keys
   * are drawn: a smaller draw is part of a larger one.
   */
  public int[] draw(int count, long seed) {
    return IntStream.range(0, ids.length)
        .boxed()
        .sorted(Comparator.comparingLong(row -> key(seed, ids[row])))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static long key(long seed, int id) {
    return new KeyedRandom(seed, KeyedRandom.Purpose.ROWS, id).nextLong();
  }

  /**
   * These examples, and the others after them; no values are copied.
   *
   * @param other prepared alike
   */
  ExampleSet followedBy(ExampleSet other) {
    if (other.size() == 0) {
      return this;
    }
    BitSet both = (BitSet) selected.clone();
    other.selected.stream().forEach(row -> both.set(ids.length + row));
    float[][] noise = Arrays.copyOf(replaced, ids.length + other.ids.length);
    System.arraycopy(other.replaced, 0, noise, ids.length, other.ids.length);
    return new ExampleSet(
        shape,
        classes,
        join(ids, other.ids),
        join(givenLabels, other.givenLabels),
        join(trueLabels, other.trueLabels),
        both,
        new Levels.Joined(levels, ids.length, other.levels),
        standardization,
        noise);
  }

  private static int[] join(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /** The labels of all examples as events: ascending ids, at most 8,192 examples each. */
  public List<ExamplesDescribed> described(ExampleRole role) {
    List<ExamplesDescribed> chunks = new ArrayList<>();
    for (int from = 0; from < ids.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, ids.length);
      chunks.add(
          new ExamplesDescribed(
              role,
              Arrays.copyOfRange(ids, from, to),
              Arrays.copyOfRange(givenLabels, from, to),
              Arrays.copyOfRange(trueLabels, from, to)));
    }
    return chunks;
  }
}
