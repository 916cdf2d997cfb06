package io.engram.trainer.probe.critical;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.engram.trainer.dataset.ImageShape;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * The arithmetic of a search without the search: forward passes, and backward passes to the inputs,
 * of so many examples. Of fully connected networks the matrix products alone.
 */
public final class BarePasses {
  private BarePasses() {}

  /**
   * Matrix products of ReLU layers.
   *
   * @param sizes of the layers, inputs first
   */
  public static void products(int examples, int forward, int backward, int... sizes) {
    int widest = Arrays.stream(sizes).max().orElseThrow();
    FloatPointer[] weights = new FloatPointer[sizes.length - 1];
    for (int l = 0; l < weights.length; l++) {
      weights[l] = filled((long) sizes[l] * sizes[l + 1]);
    }
    FloatPointer from = filled((long) examples * widest);
    FloatPointer to = filled((long) examples * widest);
    for (int pass = 0; pass < forward + backward; pass++) {
      for (int l = 0; l < weights.length; l++) {
        boolean up = pass < forward;
        int rows = up ? sizes[l + 1] : sizes[l];
        int inner = up ? sizes[l] : sizes[l + 1];
        cblas_sgemm(
            CblasColMajor,
            up ? CblasTrans : CblasNoTrans,
            CblasNoTrans,
            rows,
            examples,
            inner,
            1,
            weights[l],
            sizes[l],
            from,
            inner,
            0,
            to,
            rows);
      }
    }
    for (FloatPointer layer : weights) {
      layer.close();
    }
    from.close();
    to.close();
  }

  private static FloatPointer filled(long length) {
    FloatPointer pointer = new FloatPointer(length);
    float[] ones = new float[(int) length];
    Arrays.fill(ones, 0.01f);
    pointer.put(ones, 0, ones.length);
    return pointer;
  }

  /** Layer by layer, as the search itself calls them. */
  public static Runnable layers(
      MultiLayerConfiguration configuration,
      ImageShape shape,
      int classes,
      float[] parameters,
      int examples,
      int forward,
      int backward) {
    InputGradients gradients = CriticalSamples.gradients(configuration, shape, classes);
    gradients.load(parameters);
    float[] inputs = new float[gradients.batch() * shape.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (i * 31 % 17 - 8) / 8f;
    }
    float[] results = new float[inputs.length];
    return () -> {
      for (int pass = 0; pass < forward; pass++) {
        for (int at = 0; at < examples; at += gradients.batch()) {
          int count = Math.min(gradients.batch(), examples - at);
          gradients.compute(
              inputs,
              count,
              pass < backward ? count : 0,
              (first, rows, logits, deltas) -> Arrays.fill(deltas, 0, rows * classes, 1),
              results);
        }
      }
    };
  }
}
