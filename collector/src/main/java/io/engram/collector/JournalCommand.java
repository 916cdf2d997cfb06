package io.engram.collector;

import io.engram.collector.store.Journal;
import io.engram.collector.store.JournalReader;
import io.engram.collector.store.JournalRecord;
import io.engram.events.EventEnvelope;
import io.engram.events.wire.EventParcel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram-collector journal}: looks at what a collector took. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks, or prints, the journal of a state folder. Changes nothing.",
    subcommands = {JournalCommand.Check.class, JournalCommand.Dump.class})
final class JournalCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say check or dump, and a state folder");
  }

  /** Finds the journal in a state folder, in its folder {@code collector}, or as named. */
  static Path journal(CommandSpec spec, Path dir) {
    for (Path candidate :
        new Path[] {dir.resolve("collector").resolve("journal"), dir.resolve("journal"), dir}) {
      if (Files.isDirectory(candidate) && !candidate.equals(dir)) {
        return candidate;
      }
    }
    if (!dir.endsWith("journal") || !Files.isDirectory(dir)) {
      throw new ParameterException(spec.commandLine(), "there is no journal in " + dir);
    }
    return dir;
  }

  /** {@code journal check DIR}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads every record, and says what is there and what is damaged.")
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A state folder.")
    Path dir;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      Map<String, Long> events = new TreeMap<>();
      long records = 0;
      long unreadable = 0;
      long lost;
      try (Journal journal = new Journal(journal(spec, dir), 0);
          JournalReader reader = journal.read(0)) {
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
      out.flush();
      return lost + unreadable == 0 ? 0 : 1;
    }
  }

  /** {@code journal dump DIR}. */
  @Command(
      name = "dump",
      mixinStandardHelpOptions = true,
      description = "Prints a line for each event.")
  static final class Dump implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A state folder.")
    Path dir;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      try (Journal journal = new Journal(journal(spec, dir), 0);
          JournalReader reader = journal.read(0)) {
        for (JournalRecord read = reader.next(); read != null; read = reader.next()) {
          print(out, read);
        }
      }
      out.flush();
      return 0;
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
}
