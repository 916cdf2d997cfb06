package io.engram.trainer.training;

import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Makes the listener of a loop. */
public interface LoopListeners {
  /**
   * What a loop tells its listener beforehand.
   *
   * @param spec what the run is asked to be
   * @param data its examples
   * @param configuration the network's; to be cloned before a network is made of it
   * @param stepsPerEpoch steps of an epoch
   * @param firstStep updates that were done before this incarnation: 0 unless it is resumed
   * @param sink takes events on the run's thread only
   */
  record Context(
      RunSpec spec,
      RunData data,
      MultiLayerConfiguration configuration,
      int stepsPerEpoch,
      long firstStep,
      EventSink sink) {}

  /**
   * Called before the run's first event, so nothing may be emitted yet.
   *
   * @throws io.engram.trainer.spec.InvalidSettingException if the run cannot be listened to as it
   *     asks for
   */
  LoopListener listen(Context context);
}
