package io.engram.collector.store;

/**
 * Up to where of the journal a snapshot goes.
 *
 * @param applied records of the run before this index are in its snapshot
 * @param saved records of any run before this index are in the snapshot of that run; so reading may
 *     begin here, although there may be runs that have none yet
 */
public record JournalPlace(long applied, long saved) {
  /** Where there is no journal. */
  public static final JournalPlace NONE = new JournalPlace(0, 0);
}
