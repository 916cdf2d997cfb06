package io.engram.collector;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.store.Journal;
import io.engram.collector.store.Quarantine;
import io.engram.collector.store.Replay;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector's journal, read back, and its quarantine.
 *
 * @param position index of the journal before which everything is applied
 */
record Journaling(Journal journal, Quarantine quarantine, long position) {
  private static final Logger LOG = LoggerFactory.getLogger(Journaling.class);

  /**
   * Opens the journal and applies what is not in the runs yet. Blocks; nobody else may use the runs
   * meanwhile.
   *
   * @param saved index of the journal before which everything of a run is in its snapshot
   * @param from index before which everything of every run is
   * @throws IOException if its folder cannot be used
   */
  static Journaling open(
      Path dir,
      Runs runs,
      Watches watches,
      CheckpointStates states,
      ToLongFunction<RunId> saved,
      long from)
      throws IOException {
    long longest =
        runs.all().stream().mapToLong(run -> saved.applyAsLong(run.run())).max().orElse(0);
    Journal journal = Journal.open(dir.resolve("journal"), longest);
    EventApplier applier = new EventApplier(runs, watches, states, watches::update);
    Replay replay =
        new Replay(journal, new ReplayTarget(runs, watches, states, applier, saved, false));
    replay.run(from, true);
    force(journal);
    if (replay.records() > 0 || replay.lost() > 0) {
      LOG.info("The journal gave {} records, {} were damaged", replay.records(), replay.lost());
    }
    return new Journaling(journal, new Quarantine(dir.resolve("quarantine")), journal.nextIndex());
  }

  private static void force(Journal journal) {
    try {
      journal.force();
    } catch (IOException e) {
      LOG.error("What the journal holds is not known to be on the disk: {}", e.toString());
    }
  }

  /** Makes the journal no longer than this, as far as snapshots hold what it says. */
  void trim(long bytes, long keepFrom) {
    try {
      journal.trim(bytes, keepFrom);
    } catch (IOException e) {
      LOG.error("The journal could not be trimmed: {}", e.toString());
    }
  }

  void close() {
    journal.close();
    quarantine.close();
  }
}
