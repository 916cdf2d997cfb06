package io.engram.trainer.probe;

import io.engram.events.GradientSpectrumMeasured;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.training.LogitsNetwork;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.Outputs;
import io.engram.trainer.training.ParameterSnapshot;
import io.engram.trainer.training.TrainingState;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Spectrum of the last layer's per-example gradients (the empirical Fisher information matrix of
 * its weights, centred), on a fixed draw of training examples in evaluation mode. A gradient is δ ⊗
 * h: δ that of the loss by the logits, h what goes into the layer. So two of them have the inner
 * product ⟨δ_i, δ_j⟩⟨h_i, h_j⟩, and none is ever formed.
 *
 * <p>Cost for n examples: n forward passes, n²/2 inner products of h, and the eigenvalues of a
 * symmetric n × n matrix.
 */
final class SpectrumProbe implements Probe {
  private final LoopListeners.Context context;
  private final ExampleSet training;
  private final int[] rows;
  private @Nullable LogitsNetwork network;
  private @Nullable INDArray parameters;

  SpectrumProbe(LoopListeners.Context context) {
    this.context = context;
    training = context.data().training();
    rows =
        training.draw(
            context.spec().probes().spectrum().examples(), context.spec().training().seed());
  }

  @Override
  public String name() {
    return "spectrum";
  }

  @Override
  public Schedule schedule() {
    return context.spec().probes().spectrum().every();
  }

  @Override
  public Measurement prepare(TrainingState state) {
    ParameterSnapshot snapshot = state.snapshot();
    return findings -> findings.add(measure(snapshot));
  }

  private GradientSpectrumMeasured measure(ParameterSnapshot snapshot) throws ProbeException {
    LogitsNetwork asked = network(snapshot.parameters());
    Outputs outputs = asked.outputs();
    double[][] deltas = new double[rows.length][outputs.classes()];
    double[][] hidden = new double[rows.length][];
    asked.forEach(
        training,
        rows,
        (i, inputs, logits, at) -> {
          outputs.gradient(logits, at, training.givenLabel(rows[i]), deltas[i], 0);
          int width = inputs.length / (logits.length / outputs.classes());
          hidden[i] = new double[width];
          for (int j = 0; j < width; j++) {
            hidden[i][j] = inputs[at * width + j];
          }
        });
    GramMatrix gram = GramMatrix.ofOuterProducts(deltas, hidden);
    if (!gram.isFinite()) {
      throw new ProbeException(
          "the last layer's gradients are not finite: the network has diverged");
    }
    return new GradientSpectrumMeasured(rows.length, gram.centred().eigenvalues());
  }

  private LogitsNetwork network(float[] values) {
    if (parameters == null) {
      parameters = Nd4j.createUninitialized(1, values.length);
    }
    parameters.data().setData(values);
    if (network == null) {
      network = new LogitsNetwork(context.configuration(), parameters, training.shape());
    }
    return network;
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
    if (parameters != null) {
      parameters.close();
    }
  }
}
