package io.engram.trainer.probe.critical;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Max pooling; of equal values the first counts. What lies beyond the border never does. */
final class PoolStage implements Stage {
  private final int planes;
  private final int height;
  private final int width;
  private final int kernel;
  private final int stride;
  private final int paddingTop;
  private final int paddingLeft;
  private final int pooledHeight;
  private final int pooledWidth;
  private final Tiles results;
  private final Tiles gradients;
  private final float[] values;
  private final float[] pooled;

  /** For every output of the last forward pass, where in its plane it comes from. */
  private int[] sources = new int[0];

  /**
   * @param planes channels of an example
   * @param paddingTop rows before the first
   * @param paddingLeft columns before the first
   */
  PoolStage(
      int planes,
      int height,
      int width,
      int kernel,
      int stride,
      int paddingTop,
      int paddingLeft,
      int pooledHeight,
      int pooledWidth) {
    this.planes = planes;
    this.height = height;
    this.width = width;
    this.kernel = kernel;
    this.stride = stride;
    this.paddingTop = paddingTop;
    this.paddingLeft = paddingLeft;
    this.pooledHeight = pooledHeight;
    this.pooledWidth = pooledWidth;
    results = new Tiles(n -> new long[] {n, planes, pooledHeight, pooledWidth});
    gradients = new Tiles(n -> new long[] {n, planes, height, width});
    values = new float[height * width];
    pooled = new float[pooledHeight * pooledWidth];
  }

  @Override
  public INDArray forward(INDArray input, int examples) {
    INDArray result = results.of(examples);
    FloatPointer from = Tiles.pointer(input);
    FloatPointer to = Tiles.pointer(result);
    if (sources.length < result.length()) {
      sources = new int[(int) result.length()];
    }
    for (int plane = 0; plane < examples * planes; plane++) {
      from.position((long) plane * values.length).get(values, 0, values.length);
      pool(plane * pooled.length);
      to.position((long) plane * pooled.length).put(pooled, 0, pooled.length);
    }
    return result;
  }

  private void pool(int sourcesAt) {
    int at = 0;
    for (int row = 0; row < pooledHeight; row++) {
      int top = Math.max(row * stride - paddingTop, 0);
      int bottom = Math.min(row * stride - paddingTop + kernel, height);
      for (int column = 0; column < pooledWidth; column++) {
        int left = Math.max(column * stride - paddingLeft, 0);
        int right = Math.min(column * stride - paddingLeft + kernel, width);
        int best = top * width + left;
        float largest = values[best];
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            float value = values[y * width + x];
            best = value > largest ? y * width + x : best;
            largest = Math.max(value, largest);
          }
        }
        pooled[at] = largest;
        sources[sourcesAt + at] = best;
        at++;
      }
    }
  }

  @Override
  public INDArray backward(INDArray gradient, int examples) {
    INDArray result = gradients.of(examples);
    FloatPointer from = Tiles.pointer(gradient);
    FloatPointer to = Tiles.pointer(result);
    for (int plane = 0; plane < examples * planes; plane++) {
      from.position((long) plane * pooled.length).get(pooled, 0, pooled.length);
      Arrays.fill(values, 0);
      int sourcesAt = plane * pooled.length;
      for (int i = 0; i < pooled.length; i++) {
        values[sources[sourcesAt + i]] += pooled[i];
      }
      to.position((long) plane * values.length).put(values, 0, values.length);
    }
    return result;
  }

  @Override
  public void close() {
    results.close();
    gradients.close();
  }
}
