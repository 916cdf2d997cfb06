package io.engram.trainer.experiment.paper;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.AdversarialExamples;
import io.engram.trainer.training.Batch;
import io.engram.trainer.training.TrainingLoop;
import io.engram.trainer.training.TrainingStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What a run would take: the measured time of some of its steps, times their number. */
final class StepTimer {
  private static final int STEPS = 3;

  private StepTimer() {}

  static double seconds(RunSpec spec, DataLocations locations) {
    NativeRuntime.setThreads(1);
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            spec.training().seed(),
            locations,
            DownloadProgress.NONE);
    ExampleSet examples = data.training();
    int batch = Math.min(spec.training().batch(), examples.size());
    int stepsPerEpoch = (examples.size() + batch - 1) / batch;
    float[] inputs = new float[batch * examples.shape().size()];
    int[] labels = new int[batch];
    for (int row = 0; row < batch; row++) {
      examples.copyInput(row, inputs, row * examples.shape().size());
      labels[row] = examples.givenLabel(row);
    }
    MultiLayerNetwork network = TrainingLoop.untrained(spec, examples, stepsPerEpoch);
    AdversarialExamples adversarial =
        AdversarialExamples.of(spec, data, network.getLayerWiseConfigurations().clone());
    try (TrainingStep step =
        new TrainingStep(network, examples.shape(), examples.classes(), adversarial)) {
      step.runUnmeasured(new Batch(inputs, labels), 1);
      long began = System.nanoTime();
      for (int i = 0; i < STEPS; i++) {
        step.runUnmeasured(new Batch(inputs, labels), i);
      }
      double each = (System.nanoTime() - began) / 1e9 / STEPS;
      return each * stepsPerEpoch * spec.training().epochs() * Cost.besideSteps(spec);
    } finally {
      network.close();
    }
  }
}
