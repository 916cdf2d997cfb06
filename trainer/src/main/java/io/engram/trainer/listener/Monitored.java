package io.engram.trainer.listener;

import io.engram.events.ExampleRole;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Examples that the network is asked about.
 *
 * @param firstId their ids begin with this one
 * @param features one example a row
 */
record Monitored(ExampleRole role, int firstId, INDArray features, int[] labels, int[] trueLabels) {
  Monitored {
    if (features.size(0) != labels.length || labels.length != trueLabels.length) {
      throw new IllegalArgumentException(
          "%s examples: %d rows of features, %d labels and %d true labels must be as many"
              .formatted(role, features.size(0), labels.length, trueLabels.length));
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException(role + " examples: there are none");
    }
  }

  int size() {
    return labels.length;
  }

  int[] ids() {
    return IntStream.range(firstId, firstId + labels.length).toArray();
  }
}
