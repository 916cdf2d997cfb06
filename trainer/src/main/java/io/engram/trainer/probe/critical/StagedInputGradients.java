package io.engram.trainer.probe.critical;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network stage by stage, a few examples at a time from the inputs to the logits and back, so
 * that what lies between stays in the cache.
 */
final class StagedInputGradients implements InputGradients {
  private static final int BATCH = 256;
  private static final int TILE = 16;

  private final MultiLayerNetwork network;
  private final List<Stage> stages;
  private final int size;
  private final int classes;
  private final Tiles inputs;
  private final Tiles starts;
  private final float[] piece;
  private final float[] logits;
  private final float[] deltas;

  /**
   * @param network holds the parameters that the stages take over
   * @param stages from the inputs to the logits
   * @param shape of the inputs, of one example
   */
  StagedInputGradients(MultiLayerNetwork network, List<Stage> stages, long[] shape, int classes) {
    this.network = network;
    this.stages = stages;
    this.classes = classes;
    size = (int) (shape[0] * shape[1] * shape[2]);
    inputs = new Tiles(n -> new long[] {n, shape[0], shape[1], shape[2]});
    starts = new Tiles(n -> new long[] {n, classes});
    piece = new float[TILE * size];
    logits = new float[TILE * classes];
    deltas = new float[TILE * classes];
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void load(float[] parameters) {
    Tiles.pointer(network.params()).put(parameters, 0, parameters.length);
    stages.forEach(Stage::load);
  }

  @Override
  public void compute(float[] from, int examples, int backward, Deltas start, float[] gradients) {
    int tile = TILE;
    for (int first = 0; first < examples; first += tile) {
      // Powers of two only, so that arrays are made for a few numbers of examples.
      tile = Math.min(tile, Integer.highestOneBit(examples - first));
      System.arraycopy(from, first * size, piece, 0, tile * size);
      forward(first, tile, start);
      if (first < backward) {
        backward(tile);
        System.arraycopy(
            piece, 0, gradients, first * size, Math.min(tile, backward - first) * size);
      }
    }
  }

  private void forward(int first, int tile, Deltas start) {
    INDArray values = inputs.of(tile);
    Tiles.pointer(values).put(piece, 0, tile * size);
    for (Stage stage : stages) {
      values = stage.forward(values, tile);
    }
    FloatPointer result = Tiles.pointer(values);
    result.get(logits, 0, tile * classes);
    start.fill(first, tile, logits, deltas);
  }

  private void backward(int tile) {
    INDArray gradient = starts.of(tile);
    Tiles.pointer(gradient).put(deltas, 0, tile * classes);
    for (int s = stages.size() - 1; s >= 0; s--) {
      gradient = stages.get(s).backward(gradient, tile);
    }
    Tiles.pointer(gradient).get(piece, 0, tile * size);
  }

  @Override
  public void close() {
    stages.forEach(Stage::close);
    inputs.close();
    starts.close();
    network.close();
  }
}
