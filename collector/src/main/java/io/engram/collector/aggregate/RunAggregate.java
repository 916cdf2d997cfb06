package io.engram.collector.aggregate;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What is known of one run. Not thread-safe: it belongs to the context that owns its {@link Runs}.
 */
public final class RunAggregate {
  /** The run. */
  public RunId run() {
    throw new UnsupportedOperationException();
  }

  /** Its latest incarnation. */
  public long incarnation() {
    throw new UnsupportedOperationException();
  }

  /** Sequence number of the latest event applied of the latest incarnation. */
  public long lastSequence() {
    throw new UnsupportedOperationException();
  }

  void apply(EventEnvelope envelope) {
    throw new UnsupportedOperationException();
  }

  /** Cost: proportional to the layers, not to examples or steps. */
  public RunSnapshot snapshot() {
    throw new UnsupportedOperationException();
  }

  /** Names of the series that have been begun, see {@link SeriesNames}. */
  public List<String> seriesNames() {
    throw new UnsupportedOperationException();
  }

  /**
   * Stretches of series, thinned where they are longer than {@code maxPoints}: then the stretch is
   * cut into buckets of equally many points and of each bucket the smallest and the largest value
   * are kept, and a NaN if it has one; the first and the last point are always kept.
   *
   * @param names which series, as in {@link #seriesNames()}
   * @param fromStep first step, inclusive
   * @param toStep last step, inclusive
   * @param maxPoints upper bound of the points of one series, at least 5
   * @throws IllegalArgumentException if a name is not known or {@code maxPoints} is less than 5
   */
  public List<SeriesPoints> series(List<String> names, long fromStep, long toStep, int maxPoints) {
    throw new UnsupportedOperationException();
  }

  /**
   * The first of the presented training examples in an order. Cost: one pass over the examples.
   *
   * @param limit how many at most, at least 1
   * @throws IllegalArgumentException if {@code limit} is less than 1
   */
  public List<ExampleRow> examples(ExampleOrder order, int limit) {
    throw new UnsupportedOperationException();
  }

  /** Writes the whole state; {@link #restore} continues from it as if nothing had happened. */
  public void save(DataOutput out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if it was written in another format, or is damaged
   */
  public static RunAggregate restore(DataInput in) throws IOException {
    throw new UnsupportedOperationException();
  }
}
