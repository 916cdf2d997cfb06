package io.engram.trainer.probe.critical;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * LASS, the Langevin adversarial sample search of Arpit et al. 2017, Algorithm 1: from an example,
 * repeat x ← clip(x + α·sign(∇ loss(x, k)) + β·η) into the box of half side r around the example,
 * until the network predicts another class than k, which it predicts at the example itself. The
 * gradient is taken at the current point; α/r and β/r are the paper's 0.25/0.3 and 0.2/0.3; η is
 * standard normal, fixed by set, id and iteration.
 *
 * <p>Each search ends with its own find and makes room for the next, so that the network is asked
 * about full batches. That a step led across a boundary is read from the forward pass of the next
 * one; the last step costs a forward pass of its own. The first gradient, at the example, serves
 * all radii.
 *
 * <p>Cost: for each example and radius not found, {@code iterations} forward and {@code iterations
 * - 1} backward passes, and one of both for each example.
 */
final class LangevinSearch implements AutoCloseable {
  private static final double ALPHA = 0.25 / 0.3;
  private static final double BETA = 0.2 / 0.3;

  private final InputGradients network;
  private final Ascent ascent;
  private final NoiseTable noise;
  private final int size;
  private final int batch;

  /** Examples of the group in hand, the class predicted at each and the gradient there. */
  private final float[] origins;

  private final float[] firstGradients;
  private final int[] predicted;

  /** Searches under way: where they are, whose they are, and the steps they took. */
  private final float[] points;

  private final float[] gradients;
  private final int[] example;
  private final int[] radius;
  private final int[] steps;
  private final boolean[] flipped;
  private int active;

  /**
   * @param network closed with this
   * @param size values of an input
   */
  LangevinSearch(InputGradients network, Ascent ascent, NoiseTable noise, int size) {
    this.network = network;
    this.ascent = ascent;
    this.noise = noise;
    this.size = size;
    batch = network.batch();
    origins = new float[batch * size];
    firstGradients = new float[batch * size];
    predicted = new int[batch];
    points = new float[batch * size];
    gradients = new float[batch * size];
    example = new int[batch];
    radius = new int[batch];
    steps = new int[batch];
    flipped = new boolean[batch];
  }

  void load(float[] parameters) {
    network.load(parameters);
  }

  /**
   * Searches around examples.
   *
   * @param set part of the key of the noise
   * @param ids of the examples
   * @param inputs of the examples, row by row
   * @param radii half sides of the boxes, in units of the inputs
   * @param iterations steps of a search at most
   * @param finder is told how each search ended
   * @throws ArithmeticException if an output is not finite
   * @throws CancellationException if the thread is interrupted
   */
  void search(
      int set,
      int[] ids,
      float[] inputs,
      double[] radii,
      int iterations,
      CriticalSamples.Finder finder) {
    for (int from = 0; from < ids.length; from += batch) {
      int count = Math.min(batch, ids.length - from);
      System.arraycopy(inputs, from * size, origins, 0, count * size);
      network.compute(origins, count, count, this::begin, firstGradients);
      int next = 0;
      active = 0;
      while (active > 0 || next < count * radii.length) {
        while (active < batch && next < count * radii.length) {
          int i = next / radii.length;
          example[active] = i;
          radius[active] = next % radii.length;
          steps[active] = 0;
          System.arraycopy(origins, i * size, points, active * size, size);
          move(active, set, ids[from + i], radii, firstGradients, i * size);
          active++;
          next++;
        }
        step(set, ids, from, radii, iterations, finder);
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the search was given up");
        }
      }
    }
  }

  private void step(
      int set, int[] ids, int from, double[] radii, int iterations, CriticalSamples.Finder finder) {
    int goingOn = lastStepsToTheEnd(iterations);
    network.compute(points, active, goingOn, this::look, gradients);
    for (int slot = 0; slot < goingOn; slot++) {
      if (!flipped[slot]) {
        move(slot, set, ids[from + example[slot]], radii, gradients, slot * size);
      }
    }
    for (int slot = active - 1; slot >= 0; slot--) {
      if (flipped[slot]) {
        finder.found(from + example[slot], radius[slot], steps[slot], points, slot * size);
      } else if (slot >= goingOn) {
        finder.missed(from + example[slot], radius[slot], points, slot * size);
      }
      if (flipped[slot] || slot >= goingOn) {
        active--;
        put(active, slot);
      }
    }
  }

  /** Searches that took their last step need no gradient any more. */
  private int lastStepsToTheEnd(int iterations) {
    int goingOn = active;
    for (int slot = active - 1; slot >= 0; slot--) {
      if (steps[slot] == iterations) {
        goingOn--;
        swap(slot, goingOn);
      }
    }
    return goingOn;
  }

  private void swap(int slot, int other) {
    if (slot != other) {
      float[] kept = Arrays.copyOfRange(points, slot * size, (slot + 1) * size);
      int keptExample = example[slot];
      int keptRadius = radius[slot];
      int keptSteps = steps[slot];
      put(other, slot);
      System.arraycopy(kept, 0, points, other * size, size);
      example[other] = keptExample;
      radius[other] = keptRadius;
      steps[other] = keptSteps;
    }
  }

  private void put(int from, int to) {
    if (from != to) {
      System.arraycopy(points, from * size, points, to * size, size);
      example[to] = example[from];
      radius[to] = radius[from];
      steps[to] = steps[from];
      flipped[to] = flipped[from];
    }
  }

  /** At the examples themselves. */
  private void begin(int first, int count, float[] logits, float[] deltas) {
    for (int row = 0; row < count; row++) {
      requireFinite(logits, row);
      int label = ascent.predicted(logits, row);
      predicted[first + row] = label;
      ascent.direction(logits, row, label, deltas);
    }
  }

  private void look(int first, int count, float[] logits, float[] deltas) {
    for (int row = 0; row < count; row++) {
      requireFinite(logits, row);
      int label = predicted[example[first + row]];
      flipped[first + row] = ascent.predicted(logits, row) != label;
      ascent.direction(logits, row, label, deltas);
    }
  }

  private void requireFinite(float[] logits, int row) {
    if (!ascent.isFinite(logits, row)) {
      throw new ArithmeticException("an output of the network is not finite");
    }
  }

  private void move(int slot, int set, int id, double[] radii, float[] gradient, int gradientAt) {
    steps[slot]++;
    double r = radii[radius[slot]];
    move(
        points,
        slot * size,
        origins,
        example[slot] * size,
        gradient,
        gradientAt,
        noise.values,
        noise.offset(set, id, steps[slot]),
        size,
        (float) (ALPHA * r),
        (float) (BETA * r),
        (float) r);
  }

  private static void move(
      float[] points,
      int pointAt,
      float[] origins,
      int originAt,
      float[] gradients,
      int gradientAt,
      float[] noise,
      int noiseAt,
      int size,
      float alpha,
      float beta,
      float r) {
    for (int j = 0; j < size; j++) {
      float gradient = gradients[gradientAt + j];
      float sign = gradient / (Math.abs(gradient) + Float.MIN_NORMAL);
      points[pointAt + j] = points[pointAt + j] + alpha * sign + beta * noise[noiseAt + j];
    }
    // Between -r and r in less time than Math.min and Math.max take, which mind NaN and -0.
    for (int j = 0; j < size; j++) {
      float origin = origins[originAt + j];
      float away = points[pointAt + j] - origin;
      points[pointAt + j] = origin + 0.5f * (Math.abs(away + r) - Math.abs(away - r));
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
