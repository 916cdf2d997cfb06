package io.engram.trainer;

import io.engram.events.CheckpointsKept;
import io.engram.trainer.spec.OnsetSpec;
import io.engram.trainer.training.TrainingLoop;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints that a run keeps in case it turns out later to have begun to memorize: the first, the
 * latest, and in between ever fewer towards the past, so that whatever step an alarm points back
 * to, there is one before it and not much further back than the alarm itself. Bounded in number,
 * and in time to about a hundredth of the run's; one that cannot be written ends the keeping, not
 * the run.
 *
 * <p>Used on the run's thread.
 */
final class KeptCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(KeptCheckpoints.class);
  private static final long SHARE_OF_TIME = 100;
  private static final long NOT_NAMED = -1;

  private final OnsetSpec spec;
  private final Checkpoints files;
  private final LongSupplier nanoTime;
  private final Consumer<CheckpointsKept> told;
  private final NavigableSet<Long> steps = new TreeSet<>();
  private boolean keeping;
  private boolean begun;
  private long seen = -1;
  private long notBefore;

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   * @param told is told which are kept, whenever that changes
   */
  KeptCheckpoints(
      OnsetSpec spec, Checkpoints files, LongSupplier nanoTime, Consumer<CheckpointsKept> told) {
    this.spec = spec;
    this.files = files;
    this.nanoTime = nanoTime;
    this.told = told;
    this.keeping = spec.keepBefore();
  }

  /**
   * The run begins: those of an earlier start are kept as far as this one goes on from them.
   *
   * @param resumed whether it goes on from a checkpoint
   */
  void begin(TrainingLoop training, boolean resumed) {
    if (keeping) {
      unlessItFails(
          () -> {
            steps.addAll(files.keptSteps());
            List.copyOf(resumed ? steps.tailSet(training.step(), false) : steps)
                .forEach(this::forget);
          });
      atBoundary(training);
    }
  }

  /** A unit of work is done; keeps a checkpoint if one is due. */
  void atBoundary(TrainingLoop training) {
    long step = training.step();
    if (!keeping || step == seen) {
      return;
    }
    seen = step;
    long now = nanoTime.getAsLong();
    if (begun && (!spec.keepEvery().due(step, training.stepsPerEpoch()) || now < notBefore)) {
      return;
    }
    boolean first = !begun;
    begun = true;
    unlessItFails(
        () -> {
          training.keepCheckpoint(files.keptAt(step));
          steps.add(step);
          thin(step);
          told.accept(new CheckpointsKept(List.copyOf(steps), NOT_NAMED));
        });
    long end = nanoTime.getAsLong();
    // The first is slow because everything is, and says nothing of the others.
    notBefore = first ? end : end + SHARE_OF_TIME * (end - now);
  }

  private void unlessItFails(Runnable keep) {
    try {
      keep.run();
    } catch (RuntimeException e) {
      keeping = false;
      LOG.warn("No more checkpoints are kept from before an onset: {}", e.getMessage());
    }
  }

  private void thin(long now) {
    while (steps.size() > spec.keepAtMost()) {
      List<Long> all = new ArrayList<>(steps);
      long crowded = all.get(0);
      double least = Double.POSITIVE_INFINITY;
      for (int i = 1; i < all.size() - 1; i++) {
        double gap = (now - all.get(i - 1) + 1.0) / (now - all.get(i + 1) + 1.0);
        if (gap <= least) {
          least = gap;
          crowded = all.get(i);
        }
      }
      forget(crowded);
    }
  }

  /**
   * Names the latest that is not after a step the one from before the onset.
   *
   * @return its step; empty where there is none so early
   * @throws UncheckedIOException if it cannot be copied
   */
  OptionalLong nameBeforeOnset(long step) {
    Long before = steps.floor(step);
    if (before == null) {
      return OptionalLong.empty();
    }
    files.nameBeforeOnset(before);
    told.accept(new CheckpointsKept(List.copyOf(steps), before));
    return OptionalLong.of(before);
  }

  /** The run is complete and needs none of them any more. */
  void discard() {
    unlessItFails(() -> List.copyOf(steps).forEach(this::forget));
  }

  private void forget(long step) {
    steps.remove(step);
    files.forget(step);
  }
}
