package io.engram.collector;

import io.engram.collector.store.Compaction;
import io.engram.collector.store.Journal;
import io.engram.collector.store.JournalReader;
import io.engram.collector.store.JournalRecord;
import io.engram.collector.store.SnapshotStore;
import io.engram.events.EventEnvelope;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram-collector journal}: looks at what a collector took. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks, prints, or compacts the journal of a state folder.",
    subcommands = {
      JournalCommand.Check.class,
      JournalCommand.Dump.class,
      JournalCommand.Compact.class
    })
final class JournalCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say check, dump or compact, and a state folder");
  }

  /** Finds the journal in a state folder, in its folder {@code collector}, or as named. */
  static Path journal(CommandSpec spec, Path dir) {
    for (Path candidate :
        new Path[] {dir.resolve("collector").resolve("journal"), dir.resolve("journal"), dir}) {
      if (candidate.endsWith("journal") && Compaction.isJournal(candidate)) {
        return candidate;
      }
    }
    throw new ParameterException(spec.commandLine(), "there is no journal in " + dir);
  }

  /** What is done with the journal of a folder. */
  abstract static class OnJournal implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A state folder.")
    Path dir;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try {
        return on(journal(spec, dir), out);
      } catch (IOException e) {
        spec.commandLine().getErr().println("engram-collector: " + e.getMessage());
        return ExitCode.SOFTWARE;
      } finally {
        out.flush();
      }
    }

    abstract int on(Path journal, PrintWriter out) throws IOException;
  }

  /** {@code journal check DIR}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Reads every record, and says what is there and what is damaged. Changes nothing.")
  static final class Check extends OnJournal {
    @Override
    int on(Path dir, PrintWriter out) throws IOException {
      Map<String, Long> events = new TreeMap<>();
      long records = 0;
      long unreadable = 0;
      long lost;
      try (Journal journal = Journal.toRead(dir);
          JournalReader reader = journal.read(journal.firstIndex())) {
        for (JournalRecord read = reader.next(); read != null; read = reader.next()) {
          records++;
          EventParcel parcel = read.parcel();
          if (parcel != null) {
            events.merge(parcel.run().value(), (long) parcel.count(), Long::sum);
            unreadable += parcel.decode().undecodable();
          }
        }
        lost = reader.lost();
        out.printf(
            "%d records from %d to %d, %d bytes, %d damaged, %d events unreadable%n",
            records,
            journal.firstIndex(),
            journal.nextIndex() - 1,
            journal.bytes(),
            lost,
            unreadable);
      }
      events.forEach((run, n) -> out.printf("%s: %d events%n", run, n));
      return lost + unreadable == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  /** {@code journal dump DIR}. */
  @Command(
      name = "dump",
      mixinStandardHelpOptions = true,
      description = "Prints a line for each event. Changes nothing.")
  static final class Dump extends OnJournal {
    @Override
    int on(Path dir, PrintWriter out) throws IOException {
      try (Journal journal = Journal.toRead(dir);
          JournalReader reader = journal.read(journal.firstIndex())) {
        for (JournalRecord read = reader.next(); read != null; read = reader.next()) {
          print(out, read);
        }
      }
      return ExitCode.OK;
    }

    private static void print(PrintWriter out, JournalRecord read) {
      EventParcel parcel = read.parcel();
      if (read.retired() != null) {
        out.printf("%d %s filed away%n", read.index(), read.retired());
      } else if (parcel != null) {
        for (EventEnvelope event : parcel.decode().envelopes()) {
          out.printf(
              "%d %s %d %d epoch %d step %d %s%n",
              read.index(),
              event.run(),
              event.incarnation(),
              event.sequence(),
              event.epoch(),
              event.step(),
              event.event().getClass().getSimpleName());
        }
      }
    }
  }

  /** {@code journal compact DIR}. */
  @Command(
      name = "compact",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the journal anew without the runs that were filed away (the folder 'retired' has"
            + " them) and without what stands in it twice. All other runs replay as before, bit for"
            + " bit. No collector may be using it; a crash leaves the old or the new one, whole."
      })
  static final class Compact extends OnJournal {
    @Override
    int on(Path dir, PrintWriter out) throws IOException {
      SnapshotStore store = new SnapshotStore(dir.resolveSibling(""));
      Compaction.Result done = new Compaction(dir, store::isRetired).run();
      out.printf(
          "%d of %d records stay, %d of %d bytes%n",
          done.kept(), done.records(), done.bytesAfter(), done.bytesBefore());
      return ExitCode.OK;
    }
  }
}
