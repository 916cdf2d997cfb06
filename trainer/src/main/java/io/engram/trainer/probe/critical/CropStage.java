package io.engram.trainer.probe.critical;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Takes pixels off every side; their gradient is 0. */
final class CropStage implements Stage {
  private final INDArrayIndex[] inner;
  private final Tiles results;
  private final Tiles gradients;

  CropStage(int channels, int height, int width, int margin) {
    inner =
        new INDArrayIndex[] {
          NDArrayIndex.all(),
          NDArrayIndex.all(),
          NDArrayIndex.interval(margin, height - margin),
          NDArrayIndex.interval(margin, width - margin)
        };
    results = new Tiles(n -> new long[] {n, channels, height - 2L * margin, width - 2L * margin});
    gradients = new Tiles(n -> new long[] {n, channels, height, width});
  }

  @Override
  public INDArray forward(INDArray input, int examples) {
    return results.of(examples).assign(input.get(inner));
  }

  @Override
  public INDArray backward(INDArray gradient, int examples) {
    INDArray whole = gradients.of(examples).assign(0);
    whole.get(inner).assign(gradient);
    return whole;
  }

  @Override
  public void close() {
    results.close();
    gradients.close();
  }
}
