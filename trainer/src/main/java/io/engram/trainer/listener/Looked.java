package io.engram.trainer.listener;

import io.engram.events.PredictionsMonitored;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Puts what a network says of examples together to an event. */
final class Looked {
  private final Monitored examples;
  private final int classes;
  private final int width;
  private final int[] top;
  private final float[] probabilities;
  private final float[] givenProbability;
  private final int[] givenRank;

  Looked(Monitored examples, int classes) {
    this.examples = examples;
    this.classes = classes;
    boolean all = classes <= PredictionsMonitored.ALL_CLASSES;
    int n = examples.size();
    width = all ? classes : PredictionsMonitored.TOP;
    top = new int[all ? 0 : n * width];
    probabilities = new float[n * width];
    givenProbability = new float[all ? 0 : n];
    givenRank = new int[all ? 0 : n];
  }

  void add(int row, double[] said) {
    if (classes <= PredictionsMonitored.ALL_CLASSES) {
      for (int k = 0; k < classes; k++) {
        probabilities[row * width + k] = (float) said[k];
      }
      return;
    }
    int[] best =
        IntStream.range(0, classes)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -said[k]))
            .limit(width)
            .mapToInt(k -> k)
            .toArray();
    for (int k = 0; k < width; k++) {
      top[row * width + k] = best[k];
      probabilities[row * width + k] = (float) said[best[k]];
    }
    double given = said[examples.labels()[row]];
    givenProbability[row] = (float) given;
    for (double other : said) {
      givenRank[row] += other >= given ? 1 : 0;
    }
  }

  PredictionsMonitored said(boolean completesLook) {
    return new PredictionsMonitored(
        examples.role(),
        completesLook,
        classes,
        examples.ids(),
        top,
        probabilities,
        givenProbability,
        givenRank);
  }
}
