package io.engram.trainer.probe;

import io.engram.trainer.model.BinaryCrossEntropy;
import io.engram.trainer.probe.sensitivity.Perceptron;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.LoopListeners;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A run whose updates can be differentiated: fully connected ReLU layers without dropout, noise and
 * adversarial training, trained by plain SGD at whatever schedule of the learning rate, with or
 * without L2 or weight decay, which are the same thing then.
 *
 * @param network its extent
 * @param decay coefficient c of c/2 · ||weights||²
 * @param updater knows the learning rate
 */
record PlainDescent(Perceptron network, double decay, Sgd updater) {

  /**
   * @param field path of the setting that asks for it
   * @throws InvalidSettingException if the run is something else
   */
  static PlainDescent of(LoopListeners.Context context, String field) {
    RunSpec spec = context.spec();
    if (spec.regularization().adversarial().isOn()) {
      throw new InvalidSettingException(
          field,
          "needs regularization.adversarial.weight 0, is %s: what was searched for an update is not"
                  .formatted(spec.regularization().adversarial().weight())
              + " known afterwards");
    }
    MultiLayerConfiguration configuration = context.configuration();
    int layers = configuration.getConfs().size();
    int[] sizes = new int[layers + 1];
    for (int l = 0; l < layers; l++) {
      BaseLayer layer = dense(configuration.getConf(l).getLayer(), l == layers - 1, spec, field);
      sizes[l] = (int) ((FeedForwardLayer) layer).getNIn();
      sizes[l + 1] = (int) ((FeedForwardLayer) layer).getNOut();
    }
    if (!configuration.getInputPreProcessors().isEmpty()) {
      throw notDense(spec, field);
    }
    BaseLayer last = (BaseLayer) configuration.getConf(layers - 1).getLayer();
    if (!(last.getIUpdater() instanceof Sgd updater)) {
      throw new InvalidSettingException(
          field,
          "needs optimizer.name sgd, is %s"
              .formatted(spec.optimizer().name().name().toLowerCase(Locale.ROOT)));
    }
    return new PlainDescent(
        new Perceptron(last.getActivationFn() instanceof ActivationSigmoid, sizes),
        spec.regularization().l2() + spec.regularization().weightDecay(),
        updater);
  }

  private static BaseLayer dense(Layer layer, boolean output, RunSpec spec, String field) {
    if (!(layer instanceof BaseLayer described) || !isDense(described, output)) {
      throw notDense(spec, field);
    }
    if (described.getIDropout() != null || described.getWeightNoise() != null) {
      throw new InvalidSettingException(
          field,
          "needs a network without dropout and noise, since what they did in an update is not known"
              + " afterwards");
    }
    return described;
  }

  private static boolean isDense(BaseLayer layer, boolean output) {
    IActivation activation = layer.getActivationFn();
    if (output) {
      return layer instanceof OutputLayer dense
          && dense.hasBias()
          && (activation instanceof ActivationSoftmax && dense.getLossFn() instanceof LossMCXENT
              || activation instanceof ActivationSigmoid
                  && dense.getLossFn() instanceof BinaryCrossEntropy);
    }
    return layer instanceof DenseLayer dense
        && dense.hasBias()
        && !dense.hasLayerNorm()
        && new ActivationReLU().equals(activation);
  }

  private static InvalidSettingException notDense(RunSpec spec, String field) {
    return new InvalidSettingException(
        field,
        "needs a network of fully connected ReLU layers like mlp-16x16, is %s"
            .formatted(spec.network().name()));
  }

  /** Learning rate of the update that follows so many, as training rounds it. */
  double learningRate(long step) {
    return (float) updater.getLearningRate((int) step, 0);
  }
}
