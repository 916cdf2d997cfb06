package io.engram.trainer.probe;

import io.engram.events.ProbesReported;
import io.engram.events.TrainingEvent;
import io.engram.trainer.probe.Lane.Result;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.training.EventSink;
import io.engram.trainer.training.LoopListener;
import io.engram.trainer.training.LoopListeners;
import io.engram.trainer.training.TrainingState;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The probes of a run. Takes from the run what a due measurement needs, leaves the measurement to
 * {@link ProbeWorkers}, and emits its events on the run's thread at a later call, with the epoch
 * and step at which it was prepared; measurements of one probe keep their order. Where the workers'
 * queue is full the measurement is skipped and counted. A probe that fails costs its measurement
 * and a {@link io.engram.events.ProbeFailed}; the run goes on.
 *
 * <p>Every method is called on the run's thread.
 */
public final class Probes implements LoopListener {
  private static final long MOMENT_MILLIS = 50;

  private final List<Lane> lanes;
  private final int stepsPerEpoch;
  private final EventSink sink;
  private final @Nullable ProbeWorkers workers;

  /** What workers leave to be done on the run's thread. */
  private final BlockingQueue<Runnable> handedBack = new LinkedBlockingQueue<>();

  private boolean closed;

  /**
   * @param workers null where every measurement is made on the run's thread
   */
  Probes(List<Probe> probes, int stepsPerEpoch, EventSink sink, @Nullable ProbeWorkers workers) {
    this.lanes = probes.stream().map(Lane::new).toList();
    this.stepsPerEpoch = stepsPerEpoch;
    this.sink = sink;
    this.workers = workers;
  }

  /**
   * The probes that a run file asks for; whatever is not inline is measured by workers.
   *
   * @param scorer scores features for s-validation, on other threads than the one that asks
   * @throws io.engram.trainer.spec.InvalidSettingException if the run cannot be measured like that
   */
  public static Probes of(LoopListeners.Context context, Scorer scorer) {
    ProbeWorkers workers = ProbeWorkers.ofThisProcess(context.spec().training().threads());
    return new Probes(
        RegisteredProbes.of(context, workers.awaited(scorer)),
        context.stepsPerEpoch(),
        context.sink(),
        workers);
  }

  /** The same on the run's own thread: training waits for every measurement and none is skipped. */
  public static Probes synchronous(LoopListeners.Context context) {
    return new Probes(
        RegisteredProbes.of(context, LocalScorer.onAllCores()),
        context.stepsPerEpoch(),
        context.sink(),
        null);
  }

  @Override
  public void beforeStep(TrainingState state, int[] rows) {
    collect();
    for (Lane lane : lanes) {
      emit(state.epoch(), state.step(), lane.beforeStep(state, rows));
    }
  }

  @Override
  public void atBoundary(TrainingState state) {
    collect();
    for (Lane lane : lanes) {
      if (lane.probe.schedule().due(state.step(), stepsPerEpoch)) {
        measure(lane, state);
      }
    }
  }

  private void measure(Lane lane, TrainingState state) {
    int epoch = state.epoch();
    long step = state.step();
    long began = System.nanoTime();
    Probe.Measurement measurement;
    try {
      measurement = lane.probe.prepare(state);
    } catch (RuntimeException | OutOfMemoryError e) {
      lane.count(new Result(Lane.Outcome.FAILED, System.nanoTime() - began));
      sink.emit(epoch, step, lane.failure(e));
      return;
    }
    lane.spent(System.nanoTime() - began);
    if (workers == null || lane.probe.inline()) {
      lane.count(lane.take(measurement, findings(epoch, step, Runnable::run)));
    } else if (workers.offer(lane, () -> take(lane, epoch, step, measurement))) {
      lane.submitted();
    } else {
      lane.skipped();
    }
  }

  /** On a worker. */
  private void take(Lane lane, int epoch, long step, Probe.Measurement measurement) {
    Result result = lane.take(measurement, findings(epoch, step, handedBack::add));
    handedBack.add(
        () -> {
          lane.returned();
          lane.count(result);
        });
  }

  /**
   * @param runsThread runs what it is given on the run's thread
   */
  private Probe.Findings findings(int epoch, long step, Executor runsThread) {
    return new Probe.Findings() {
      @Override
      public void add(TrainingEvent event) {
        runsThread.execute(() -> sink.emit(epoch, step, event));
      }

      @Override
      public void addOfTheStart(TrainingEvent event) {
        runsThread.execute(() -> sink.emit(0, 0, event));
      }
    };
  }

  /** Emits what the workers have handed back since the last call. */
  public void collect() {
    for (Runnable next = handedBack.poll(); next != null; next = handedBack.poll()) {
      next.run();
    }
  }

  private void emit(int epoch, long step, List<TrainingEvent> events) {
    for (TrainingEvent event : events) {
      sink.emit(epoch, step, event);
    }
  }

  @Override
  public boolean settle() {
    collect();
    if (lanes.stream().noneMatch(Lane::waits)) {
      return false;
    }
    try {
      Runnable next = handedBack.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        next.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  /**
   * Emits what is there, then gives up what waits or is being measured; it counts as skipped. A
   * probe that is measuring is interrupted, and closed once it is through.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    collect();
    for (Lane lane : lanes) {
      lane.abandoned();
      if (workers == null) {
        lane.probe.close();
      } else {
        workers.giveUp(lane, lane.probe::close);
      }
    }
  }

  /** Whether nothing is there to be measured, ever. */
  public boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** What the probes have done and cost so far. */
  public ProbesReported report() {
    return new ProbesReported(lanes.stream().map(Lane::report).toList());
  }
}
