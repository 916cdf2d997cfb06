package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run for one sign. Each says in its Javadoc what it guarantees, under which assumptions,
 * and what it cannot see. Fed in the order of the run, what it says is a function of what it was
 * fed.
 */
interface OnsetDetector {
  /** Its name in events, metrics and reports: lower case with underscores. */
  String name();

  /** The channel that its sign belongs to. */
  OnsetChannel channel();

  /**
   * Takes a completed look.
   *
   * @return what it says now, without place; null if looks do not concern it
   */
  default @Nullable Reading onLook(LookView look, Signals signals) {
    return null;
  }

  /** Writes what it remembers. */
  default void save(DataOutput out) throws IOException {}

  /** Reads what {@link #save} wrote. */
  default void restore(DataInput in) throws IOException {}
}
