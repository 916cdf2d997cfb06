package io.engram.trainer.probe;

import io.engram.events.ProbesReported;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.Networks;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.training.LoopListener;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingLoop;
import io.engram.trainer.training.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A whole run with its probes, and the parameters that it had at every boundary. */
final class ProbedRun {
  /** An event with where it belongs. */
  record Emitted<T>(int epoch, long step, T event) {}

  final RunSpec spec;
  final RunData data;
  private final List<Emitted<TrainingEvent>> events = new ArrayList<>();
  private final Map<Long, INDArray> parameters = new HashMap<>();
  private final Scorer scorer;
  private LoopListeners.Context context;
  private Probes listening;

  private ProbedRun(String yaml, Scorer scorer) {
    this.scorer = scorer;
    // Of the probes that are on by default only those that the text names.
    List<String> off =
        Stream.of("csr", "predictions", "spectrum")
            .filter(probe -> !yaml.contains(probe + ":"))
            .map(probe -> "probes.%s.every=never".formatted(probe))
            .toList();
    spec = RunFiles.parse("test", yaml, off);
    data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            spec.training().seed(),
            new DataLocations(List.of(), Path.of("none")),
            DownloadProgress.NONE);
  }

  static ProbedRun of(String yaml) {
    return of(yaml, LocalScorer.onAllCores());
  }

  static ProbedRun of(String yaml, Scorer scorer) {
    ProbedRun run = new ProbedRun(yaml, scorer);
    try (TrainingLoop loop =
        TrainingLoop.start(
            run.spec,
            run.data,
            (epoch, step, event) -> run.events.add(new Emitted<>(epoch, step, event)),
            run::listen)) {
      while (loop.advance()) {}
    }
    return run;
  }

  private LoopListener listen(LoopListeners.Context made) {
    context = made;
    Probes probes = Probes.of(made, scorer);
    listening = probes;
    return new LoopListener() {
      @Override
      public void beforeStep(TrainingState state, int[] rows) {
        probes.beforeStep(state, rows);
      }

      @Override
      public void atBoundary(TrainingState state) {
        parameters.put(state.step(), state.parameters().dup());
        probes.atBoundary(state);
      }

      @Override
      public boolean settle() {
        return probes.settle();
      }

      @Override
      public void close() {
        probes.close();
      }
    };
  }

  <T extends TrainingEvent> List<Emitted<T>> of(Class<T> kind) {
    return events.stream()
        .filter(one -> kind.isInstance(one.event))
        .map(one -> new Emitted<>(one.epoch, one.step, kind.cast(one.event)))
        .toList();
  }

  ProbesReported report() {
    return listening.report();
  }

  /** The network as it was after so many updates. */
  MultiLayerNetwork networkAt(long step) {
    MultiLayerNetwork network = new MultiLayerNetwork(context.configuration().clone());
    network.init(parameters.get(step).dup(), false);
    return network;
  }

  /** One example alone, as a network takes it. */
  static INDArray input(MultiLayerNetwork network, ExampleSet set, int row) {
    float[] input = new float[set.shape().size()];
    set.copyInput(row, input, 0);
    return Nd4j.create(input, Networks.inputShape(network, set.shape(), 1), 'c');
  }
}
