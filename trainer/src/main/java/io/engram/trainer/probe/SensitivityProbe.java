package io.engram.trainer.probe;

import io.engram.events.LossSensitivityMeasured;
import io.engram.events.SensitivityKind;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.probe.sensitivity.Sensitivity;
import io.engram.trainer.probe.sensitivity.TrainingRows;
import io.engram.trainer.probe.sensitivity.Trajectory;
import io.engram.trainer.probe.sensitivity.TrajectoryRecorder;
import io.engram.trainer.probe.sensitivity.Unroll;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingState;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Loss-sensitivity: how much each training example has moved the loss. For an example x that
 * updates before t have used, the L1 norm of dL(t)/dx, where L(t) is the mean cross-entropy of a
 * fixed part of the training set (all of it where {@code examples} says so) after t updates, in
 * evaluation mode, without a penalty on the weights. Only the dependence through the updates
 * counts, not that of L(t) on x itself. In nats per unit of the standardized input, 0 or greater.
 *
 * <p>{@code unrolled} is that of Arpit et al. 2017, §3.2: exact, through all updates since the
 * first. {@code truncated} goes back through the last K only: an approximation of ours, which is
 * the same where K is t, and not the paper's elsewhere. Neither is the input gradient of the
 * current loss, which training yields by itself and which is called {@code direct}.
 *
 * <p>The class matrix, with {@code class_matrix} and at most 32 classes: element i, j is the mean
 * over the examples of given label j and over inputs of the absolute derivative of L(t, i), the
 * terms of L(t) whose label is i (Fig. 4 there).
 *
 * <p>Cost: a copy of the parameters at every step; for a measurement about four times the
 * arithmetic of the updates it goes back through, for each class with a class matrix, on a worker;
 * 4 bytes a parameter and step in memory, beyond 256 MiB in a temporary file of at most 4 GiB
 * ({@code truncated}: in memory only); while it measures 8 bytes an input of every example, for
 * each class with a class matrix.
 *
 * <p>A run that cannot be measured like that at all is refused when it starts: anything but plain
 * SGD on fully connected ReLU layers without dropout and noise. An adjoint that explodes, a resumed
 * run where unrolled, or fewer updates than K so far fail the measurement with the reason. After 0
 * updates there is nothing to measure.
 */
final class SensitivityProbe implements Probe {
  private static final int LARGEST_CLASS_MATRIX = 32;
  private static final long MEMORY = 256L << 20;
  private static final long DISK = 4L << 30;
  private static final long WORKSPACE = 1L << 30;

  private final SensitivityKind kind;
  private final Schedule schedule;
  private final long updates;
  private final ExampleSet training;
  private final int[] tracked;
  private final PlainDescent descent;
  private final Unroll unroll;
  private final TrajectoryRecorder recorder;
  private @Nullable String problem;

  private SensitivityProbe(
      SensitivityKind kind,
      Schedule schedule,
      int examples,
      long updates,
      boolean byClass,
      LoopListeners.Context context) {
    this.kind = kind;
    this.schedule = schedule;
    this.updates = updates;
    training = context.data().training();
    tracked = spread(Math.min(examples, training.size()), training.size());
    descent = PlainDescent.of(context, "probes." + kind.label());
    boolean matrix = byClass && training.classes() <= LARGEST_CLASS_MATRIX;
    requireWorkspace(matrix ? training.classes() : 1);
    TrainingRows rows = TrainingRows.of(context.data().trained());
    unroll = new Unroll(descent.network(), rows, descent.decay(), tracked, matrix);
    recorder =
        new TrajectoryRecorder(
            descent.network().parameters(), context.firstStep(), updates, MEMORY, DISK);
  }

  /**
   * Through all updates.
   *
   * @throws InvalidSettingException if that is not possible in this run
   */
  static SensitivityProbe unrolled(LoopListeners.Context context) {
    ProbesSpec.Unrolled spec = context.spec().probes().unrolled();
    SensitivityProbe probe =
        new SensitivityProbe(
            SensitivityKind.UNROLLED,
            spec.every(),
            spec.examples(),
            Long.MAX_VALUE,
            spec.classMatrix(),
            context);
    probe.requireRoom((long) context.spec().training().epochs() * context.stepsPerEpoch());
    if (context.firstStep() > 0) {
      probe.problem =
          "the run was resumed after %d updates, and these are not known any more; train in one"
                  .formatted(context.firstStep())
              + " piece, or use probes.truncated";
    }
    return probe;
  }

  /**
   * Through the last updates.
   *
   * @throws InvalidSettingException if that is not possible in this run
   */
  static SensitivityProbe truncated(LoopListeners.Context context) {
    ProbesSpec.Truncated spec = context.spec().probes().truncated();
    SensitivityProbe probe =
        new SensitivityProbe(
            SensitivityKind.TRUNCATED,
            spec.every(),
            spec.examples(),
            spec.updates(),
            false,
            context);
    probe.requireMemory();
    return probe;
  }

  /** So many rows, evenly spread. */
  private static int[] spread(int count, int size) {
    return IntStream.range(0, count).map(i -> (int) ((long) i * size / count)).toArray();
  }

  private void requireWorkspace(int terms) {
    long bytes = 8L * terms * tracked.length * descent.network().inputs();
    if (bytes > WORKSPACE) {
      throw new InvalidSettingException(
          "probes.%s.examples".formatted(kind.label()),
          "is %d, must be at most %d for %d inputs%s"
              .formatted(
                  tracked.length,
                  tracked.length * WORKSPACE / bytes,
                  descent.network().inputs(),
                  terms > 1 ? " and a class matrix of %d classes".formatted(terms) : ""));
    }
  }

  private long bytes(long steps) {
    return 4L * descent.network().parameters() * steps;
  }

  private void requireRoom(long steps) {
    if (bytes(steps) > MEMORY + DISK) {
      throw new InvalidSettingException(
          "probes.unrolled",
          "needs %d MiB for %d updates of %d parameters, must be at most %d MiB: train less or a"
                  .formatted(
                      bytes(steps) >> 20,
                      steps,
                      descent.network().parameters(),
                      MEMORY + DISK >> 20)
              + " smaller network, or use probes.truncated");
    }
  }

  private void requireMemory() {
    if (bytes(updates) > MEMORY) {
      throw new InvalidSettingException(
          "probes.truncated.updates",
          "is %d, must be at most %d for %d parameters"
              .formatted(updates, MEMORY / bytes(1), descent.network().parameters()));
    }
  }

  @Override
  public String name() {
    return kind.label();
  }

  @Override
  public Schedule schedule() {
    return schedule;
  }

  @Override
  public void beforeStep(TrainingState state, int[] rows) {
    if (problem != null) {
      return;
    }
    try {
      recorder.record(
          state.snapshot().parameters(), rows.clone(), descent.learningRate(state.step()));
    } catch (IOException e) {
      problem =
          "the trajectory could not be kept: %s; more room for temporary files would help"
              .formatted(e.getMessage());
      recorder.close();
    }
  }

  @Override
  public Measurement prepare(TrainingState state) {
    if (state.step() == 0) {
      return findings -> {};
    }
    String wrong = problem != null ? problem : tooShort(state.step());
    if (wrong != null) {
      return findings -> {
        throw new ProbeException(wrong);
      };
    }
    Trajectory trajectory = recorder.view(state.snapshot().parameters());
    return findings -> findings.add(measure(trajectory));
  }

  private @Nullable String tooShort(long step) {
    if (recorder.next() != step) {
      return "%d updates were not recorded".formatted(step - recorder.next());
    }
    if (kind == SensitivityKind.TRUNCATED && recorder.size() < updates) {
      return "goes back through %d updates, but there were only %d so far"
          .formatted(updates, recorder.size());
    }
    return null;
  }

  private LossSensitivityMeasured measure(Trajectory trajectory) throws ProbeException {
    Sensitivity measured =
        unroll.measure(trajectory, new long[] {trajectory.end()}, updates).get(0);
    if (measured.diverged()) {
      throw new ProbeException(
          "the adjoint exploded %d of %d updates back (L2 norm above %.0e, or not a number); a"
                  .formatted(measured.divergedAt(), measured.updates(), Unroll.DIVERGED)
              + " smaller optimizer.learning_rate would help");
    }
    int[] places = measured.places();
    double[][] matrix = measured.classMatrix();
    return new LossSensitivityMeasured(
        kind,
        measured.updates(),
        Arrays.stream(places).map(place -> training.id(tracked[place])).toArray(),
        Arrays.stream(places).mapToDouble(place -> measured.byExample()[place]).toArray(),
        matrix == null ? 0 : matrix.length,
        matrix == null
            ? new double[0]
            : Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray());
  }

  @Override
  public void close() {
    recorder.close();
  }
}
