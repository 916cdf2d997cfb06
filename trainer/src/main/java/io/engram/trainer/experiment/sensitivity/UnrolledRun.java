package io.engram.trainer.experiment.sensitivity;

import io.engram.events.RunId;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.Probes;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.CheckpointSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.NetworkSpec;
import io.engram.trainer.spec.NoiseSpec;
import io.engram.trainer.spec.OnsetSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.spec.TrainingSpec;
import io.engram.trainer.training.EventSink;
import io.engram.trainer.training.TrainingLoop;

/**
 * A run of two small hidden layers with the probe {@code unrolled}.
 *
 * @param units of each hidden layer
 * @param learningRate of plain SGD
 * @param batch examples of a step
 * @param epochs length of the schedule
 * @param points measurements, at equal distances, the last at the end
 * @param classMatrix whether class by class too
 * @param seed of initial weights and order
 */
record UnrolledRun(
    int units,
    double learningRate,
    int batch,
    int epochs,
    int points,
    boolean classMatrix,
    long seed) {

  /** The network's name for these examples. */
  String network(RunData data) {
    return "mlp:%d-%d-%2$d-%3$d"
        .formatted(data.training().shape().size(), units, data.training().classes());
  }

  /** Trains to the end; every training example is measured. */
  void train(DataSpec dataSpec, NoiseSpec noise, RunData data, EventSink sink) {
    RunSpec spec =
        new RunSpec(
            new RunId("loss-sensitivity"),
            dataSpec,
            noise,
            NetworkSpec.of(network(data)),
            OptimizerSpec.sgd(learningRate),
            RegularizationSpec.NONE,
            new TrainingSpec(epochs, batch, seed, 1),
            new CheckpointSpec(0),
            probes(data.training().size()),
            CanariesSpec.NONE,
            OnsetSpec.NONE);
    try (TrainingLoop loop = TrainingLoop.start(spec, data, sink, Probes::synchronous)) {
      while (loop.advance()) {}
    }
  }

  private ProbesSpec probes(int examples) {
    ProbesSpec none = ProbesSpec.NONE;
    return new ProbesSpec(
        none.csr(),
        none.predictions(),
        none.spectrum(),
        new ProbesSpec.Unrolled(
            Schedule.parse("%s epochs".formatted((double) epochs / points)), examples, classMatrix),
        none.truncated(),
        none.svalidation());
  }
}
