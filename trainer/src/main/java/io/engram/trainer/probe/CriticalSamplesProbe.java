package io.engram.trainer.probe;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.Split;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.probe.critical.CriticalSamples;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.training.LoopListeners.Context;
import io.engram.trainer.training.ParameterSnapshot;
import io.engram.trainer.training.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The critical sample ratio (Arpit et al. 2017, §4): how many of a fixed set of examples have an
 * input nearby that is classified otherwise. Searched with the parameters of the step at which it
 * is due, around the same examples and with the same noise at every step of the run.
 *
 * <p>Range: 0 to all examples, a lower bound. Empty validation set: nothing is said of it, and the
 * measurement fails where nothing else is searched around. Outputs that are not finite: fails.
 *
 * <p>Cost: for every example at most {@code 2 + radii · (2 · iterations - 1)} forward or backward
 * passes.
 */
final class CriticalSamplesProbe implements Probe {
  private static final long PURPOSE = 0x637372L;

  private final ProbesSpec.Csr spec;
  private final Context context;
  private final List<Inputs> sets = new ArrayList<>();
  private @Nullable CriticalSamples samples;

  /** Examples of one split, row by row. */
  private record Inputs(Split split, int[] ids, float[] values) {}

  CriticalSamplesProbe(Context context) {
    this.context = context;
    this.spec = context.spec().probes().csr();
    add(Split.VALIDATION, context.data().validation(), spec.examples());
    add(Split.TRAIN, context.data().training(), spec.trainingExamples());
    if (spec.noiseInputs() > 0) {
      sets.add(noise());
    }
  }

  /** Of the examples, the noise inputs and the noise of the search. */
  static long seed(RunSpec run) {
    return run.training().seed() ^ PURPOSE;
  }

  private void add(Split split, ExampleSet examples, int count) {
    int[] rows = examples.draw(count, seed(context.spec()));
    if (rows.length == 0) {
      return;
    }
    int size = examples.shape().size();
    float[] values = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) {
      examples.copyInput(rows[i], values, i * size);
    }
    sets.add(new Inputs(split, Arrays.stream(rows).map(examples::id).toArray(), values));
  }

  /** Independent Gaussian pixels with the mean and variance of the training inputs. */
  private Inputs noise() {
    ExampleSet training = context.data().training();
    float[] input = new float[training.shape().size()];
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < training.size(); row++) {
      training.copyInput(row, input, 0);
      for (float value : input) {
        sum += value;
        squares += value * value;
      }
    }
    double values = (double) training.size() * input.length;
    double mean = sum / values;
    double deviation = Math.sqrt(Math.max(0, squares / values - mean * mean));
    Random random = new Random(seed(context.spec()));
    float[] drawn = new float[spec.noiseInputs() * input.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return new Inputs(Split.NOISE, IntStream.range(0, spec.noiseInputs()).toArray(), drawn);
  }

  @Override
  public String name() {
    return "csr";
  }

  @Override
  public Schedule schedule() {
    return spec.every();
  }

  @Override
  public Measurement prepare(TrainingState state) {
    ParameterSnapshot snapshot = state.snapshot();
    return findings -> search(snapshot, findings);
  }

  private void search(ParameterSnapshot snapshot, Findings findings) throws ProbeException {
    if (sets.isEmpty()) {
      throw new ProbeException(
          "the run has no validation examples; set probes.csr.training_examples or"
              + " probes.csr.noise_inputs, or probes.csr.every to never");
    }
    if (samples == null) {
      samples =
          new CriticalSamples(
              context.configuration(),
              context.data().training().shape(),
              context.data().standardization().standardDeviation(),
              seed(context.spec()));
    }
    samples.load(snapshot.parameters());
    for (Inputs inputs : sets) {
      search(samples, inputs).forEach(findings::add);
    }
  }

  private List<CriticalSamplesSearched> search(CriticalSamples with, Inputs around)
      throws ProbeException {
    double[] radii = spec.radii().stream().mapToDouble(Double::doubleValue).toArray();
    int[][] foundAt = new int[radii.length][around.ids.length];
    try {
      with.search(
          around.split.ordinal(),
          around.ids,
          around.values,
          radii,
          spec.iterations(),
          (example, radius, iteration, inputs, offset) -> foundAt[radius][example] = iteration);
    } catch (ArithmeticException e) {
      throw new ProbeException(
          e.getMessage() + ", so it predicts nothing; a lower optimizer.learning_rate may help");
    }
    return IntStream.range(0, radii.length)
        .mapToObj(
            r ->
                new CriticalSamplesSearched(
                    around.split, radii[r], spec.iterations(), around.ids, foundAt[r]))
        .toList();
  }

  @Override
  public void close() {
    if (samples != null) {
      samples.close();
    }
  }
}
