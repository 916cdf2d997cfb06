package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.store.Journal;
import io.engram.collector.store.Replay;
import io.engram.collector.store.SavedRun;
import io.engram.collector.store.SnapshotStore;
import io.engram.collector.watch.Watches;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram-collector replay}: everything again, from the journal alone. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Rebuilds what a collector knew from its journal alone, as fast as it goes, and writes it to"
          + " another state folder, which engram-collector serves. The journal stays as it is.",
      ""
    })
final class ReplayCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  @Parameters(paramLabel = "DIR", description = "The state folder with the journal.")
  Path dir;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the runs are written; without it they are only told of.")
  @Nullable Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Runs runs = new Runs(InstantSource.system());
    Watches watches = new Watches();
    Path scratch = Files.createTempDirectory("engram-replay");
    long began = System.nanoTime();
    CheckpointStates states = new CheckpointStates(scratch);
    Replay replay;
    try (Journal journal = Journal.toRead(JournalCommand.journal(spec, dir))) {
      EventApplier applier = new EventApplier(runs, watches, states, watches::update);
      replay =
          new Replay(journal, new ReplayTarget(runs, watches, states, applier, run -> 0L, true));
      replay.run(0, false);
    }
    double seconds = (System.nanoTime() - began) / NANOS;
    for (RunAggregate run : runs.all()) {
      states.forget(run.run());
    }
    Files.deleteIfExists(scratch);
    tell(runs, replay, seconds);
    if (out != null) {
      SnapshotStore store = new SnapshotStore(out.resolve("collector"));
      for (RunAggregate run : runs.all()) {
        store.write(SavedRun.of(run, watches.of(run)));
      }
    }
    return replay.lost() == 0 ? 0 : 1;
  }

  private void tell(Runs runs, Replay replay, double seconds) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf("%d records, %d damaged, in %.2f s%n", replay.records(), replay.lost(), seconds);
    for (RunAggregate run : runs.all()) {
      RunSnapshot known = run.snapshot();
      double lived = (known.lastEventMillis() - known.firstEventMillis()) / 1e3;
      text.printf(
          "%s: %s, %d steps, %d redone, %d events, %d missed; lived %.1f s%n",
          run.run(),
          known.state().label(),
          known.progress().steps(),
          known.progress().stepsRedone(),
          known.delivery().applied(),
          known.delivery().missed(),
          lived);
    }
    text.flush();
  }
}
