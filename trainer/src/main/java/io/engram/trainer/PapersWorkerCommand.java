package io.engram.trainer;

import io.engram.events.access.Access;
import io.engram.trainer.experiment.paper.Worker;
import io.engram.trainer.model.NativeRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A worker of {@code engram experiment all}, which starts it. It speaks {@link WorkerLines}. */
@Command(
    name = PapersWorkerCommand.NAME,
    hidden = true,
    description = "A worker of engram experiment all, which starts it and tells it what to do.")
final class PapersWorkerCommand implements Callable<Integer> {
  static final String NAME = "worker";

  @Option(names = "--scale", required = true, paramLabel = "SCALE", description = "Size.")
  String scale = "";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder.")
  Path out = Path.of("");

  @Option(
      names = "--cluster-host",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where the collector is a member.")
  String host = "";

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Data sets.")
  @Nullable Path dataDir;

  private final BlockingQueue<String> tasks = new LinkedBlockingQueue<>();

  @Override
  public Integer call() throws IOException {
    WorkerLines lines = new WorkerLines(standardOutput(), System::nanoTime);
    NativeRuntime.useCpu();
    ClusteredSystem system =
        ClusteredSystem.start("127.0.0.1", 0, Access.OPEN, LoopbackCluster.join(host));
    Runtime.getRuntime().addShutdownHook(new Thread(system::close, "engram-shutdown"));
    system.requireCollector();
    Worker worker = new Crew.Place(scale, out, dataDir).worker(system);
    Thread thread = new Thread(() -> work(worker, lines), "worker");
    thread.setDaemon(true);
    thread.start();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      tasks.add(line);
    }
    return 0;
  }

  private void work(Worker worker, WorkerLines lines) {
    while (true) {
      try {
        String task = tasks.take();
        lines.end(worker.run(task, lines) ? WorkerLines.RAN : WorkerLines.TAKEN, task);
      } catch (RuntimeException | Error e) {
        LoggerFactory.getLogger(PapersWorkerCommand.class).error("A task cannot be run", e);
        lines.end(WorkerLines.FAILED, String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Leaves it to the lines alone. */
  private static PrintStream standardOutput() {
    PrintStream out = System.out;
    System.setOut(System.err);
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }
}
