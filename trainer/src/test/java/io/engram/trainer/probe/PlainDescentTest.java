package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.probe.sensitivity.NaiveDescent;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.training.LoopListener;
import io.engram.trainer.training.TrainingLoop;
import io.engram.trainer.training.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether training updates parameters as a run's description says, by a naive gradient. */
final class PlainDescentTest {
  private static final String RUN =
      """
      data: {name: glyphs, pool: 2, training: 34, validation: 10}
      network: mlp:196-6-5-10
      optimizer: {name: sgd, learning_rate: 0.1, schedule: {kind: exponential, factor: 0.5}}
      training: {epochs: 2, batch: 10}
      """;

  private record Update(float[] before, int[] rows, double rate) {}

  private static final class Recording implements LoopListener {
    private final List<Update> updates = new ArrayList<>();
    private @Nullable PlainDescent descent;

    @Override
    public void beforeStep(TrainingState state, int[] rows) {
      updates.add(
          new Update(state.snapshot().parameters(), rows, descent.learningRate(state.step())));
    }

    @Override
    public void atBoundary(TrainingState state) {}

    @Override
    public boolean settle() {
      return false;
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regularization.l2=0",
        "regularization.l2=0.3",
        "regularization.weight_decay=0.3",
        "network=mlp-a"
      })
  void updatesAreWhatItSays(String setting) {
    RunSpec spec = RunFiles.parse("test", RUN, List.of(setting));
    RunData data =
        Datasets.load(
            spec.data(),
            spec.noise(),
            spec.canaries(),
            1,
            new DataLocations(List.of(), Path.of("none")),
            DownloadProgress.NONE);
    Recording recording = new Recording();
    try (TrainingLoop loop =
        TrainingLoop.start(
            spec,
            data,
            (epoch, step, event) -> {},
            context -> {
              recording.descent = PlainDescent.of(context, "probe");
              return recording;
            })) {
      while (loop.advance()) {}
    }

    boolean sigmoid = setting.endsWith("mlp-a");
    NaiveDescent naive =
        new NaiveDescent(
            sigmoid,
            recording.descent.decay(),
            inputs(data),
            labels(data),
            sigmoid ? new int[] {196, 256, 16, 10} : new int[] {196, 6, 5, 10});
    assertThat(recording.updates).hasSize(8);
    for (int s = 0; s + 1 < recording.updates.size(); s++) {
      Update update = recording.updates.get(s);
      double[] before = doubles(update.before);
      double[] gradient = naive.gradient(before, update.rows);
      double[] after = doubles(recording.updates.get(s + 1).before);
      double largest = 0;
      for (int j = 0; j < before.length; j++) {
        largest = Math.max(largest, Math.abs(after[j] - before[j]));
      }
      for (int j = 0; j < before.length; j++) {
        assertThat(after[j] - before[j])
            .as("update %d, parameter %d", s, j)
            .isCloseTo(-update.rate * gradient[j], within(1e-4 * largest));
      }
    }
  }

  private static double[][] inputs(RunData data) {
    double[][] inputs = new double[data.training().size()][];
    float[] input = new float[196];
    for (int row = 0; row < inputs.length; row++) {
      data.training().copyInput(row, input, 0);
      inputs[row] = doubles(input);
    }
    return inputs;
  }

  private static int[] labels(RunData data) {
    int[] labels = new int[data.training().size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = data.training().givenLabel(row);
    }
    return labels;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int j = 0; j < values.length; j++) {
      doubles[j] = values[j];
    }
    return doubles;
  }
}
