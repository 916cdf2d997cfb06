package io.engram.collector.onset;

import io.engram.collector.aggregate.CriticalSamplesView;
import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.PresentedView;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.collector.aggregate.SplitSnapshot;
import io.engram.events.OnsetChannel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run for one sign. Each says in its Javadoc what it guarantees, under which assumptions,
 * and what it cannot see. Fed in the order of the run, what it says is a function of what it was
 * fed.
 */
interface OnsetDetector {
  /** Its name in events, metrics and reports: lower case with underscores. */
  String name();

  /** The channel that its sign belongs to; null if it never raises and is only reported. */
  @Nullable OnsetChannel channel();

  /**
   * Takes a completed look.
   *
   * @return what it says now, without place; null if looks do not concern it
   */
  default @Nullable Reading onLook(LookView look, Signals signals) {
    return null;
  }

  /**
   * Takes the evaluation of an epoch.
   *
   * @return what it says now, without place; null if evaluations do not concern it
   */
  default @Nullable Reading onEvaluation(List<SplitSnapshot> splits) {
    return null;
  }

  /**
   * Takes searches for critical samples, those that it has seen before included.
   *
   * @param burnedIn whether the burn-in is over
   * @return what it says now, without place; null if searches do not concern it
   */
  default @Nullable Reading onSearch(boolean burnedIn, List<CriticalSamplesView> searches) {
    return null;
  }

  /**
   * Takes how the presentations of an epoch went, as each part of an epoch is complete.
   *
   * @return what it says now, without place; null if presentations do not concern it
   */
  default @Nullable Reading onPresented(PresentedView presented) {
    return null;
  }

  /**
   * Takes the scores of s-validation, those that it has seen before included.
   *
   * @return what it says now, without place; null if scores do not concern it
   */
  default @Nullable Reading onScored(SValidationSnapshot scores) {
    return null;
  }

  /** Writes what it remembers. */
  default void save(DataOutput out) throws IOException {}

  /** Reads what {@link #save} wrote. */
  default void restore(DataInput in) throws IOException {}
}
