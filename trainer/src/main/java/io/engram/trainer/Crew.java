package io.engram.trainer;

import io.engram.events.access.Access;
import io.engram.events.cluster.ClusterOptions;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.paper.FolderWorker;
import io.engram.trainer.experiment.paper.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who runs the studies of a folder, and the collector on whose page the runs are seen. */
final class Crew implements Supplier<Worker>, AutoCloseable {
  private final TrainingSystem system;
  private final Supplier<Worker> workers;
  private final Runnable end;

  private Crew(TrainingSystem system, Supplier<Worker> workers, Runnable end) {
    this.system = system;
    this.workers = workers;
    this.end = end;
  }

  /**
   * Where and what.
   *
   * @param scale name of a size
   * @param out folder of what is kept
   * @param dataDir where data is looked for first, or null
   */
  record Place(String scale, Path out, @Nullable Path dataDir) {
    DataLocations locations() {
      return DataLocations.of(dataDir, System.getenv());
    }

    Path state() {
      return out.resolve("state");
    }

    /** Runs the folder's tasks in this process. */
    FolderWorker worker(TrainingSystem system) {
      CellRuns cells = new CellRuns(system, state(), locations());
      return new FolderWorker(scale, out, locations(), Experiments.ALL, cells);
    }
  }

  /** One worker in this process. */
  static Crew here(Place place, int port, Access access) {
    TrainingSystem system = EmbeddedSystem.start("127.0.0.1", port, access, place.state());
    Worker worker = place.worker(system);
    return new Crew(system, () -> worker, () -> {});
  }

  /**
   * Workers in processes of their own, on a bus with this one.
   *
   * @param most how many there will be
   */
  static Crew apart(Place place, int most, int port, Access access) {
    ClusterOptions cluster = LoopbackCluster.begin();
    TrainingSystem system =
        EmbeddedSystem.startForOthers("127.0.0.1", port, access, place.state(), cluster);
    List<String> arguments = new ArrayList<>(List.of("experiment", PapersWorkerCommand.NAME));
    arguments.addAll(List.of("--scale", place.scale(), "--out", place.out().toString()));
    arguments.addAll(List.of("--cluster-host", cluster.hosts().get(0)));
    if (place.dataDir() != null) {
      arguments.addAll(List.of("--data-dir", place.dataDir().toString()));
    }
    WorkerProcesses processes = new WorkerProcesses(most, arguments, place.out().resolve("logs"));
    return new Crew(system, processes, processes::close);
  }

  /** A line that tells where the runs can be watched. */
  String whereabouts() {
    return system.whereabouts();
  }

  @Override
  public Worker get() {
    return workers.get();
  }

  /** Ends what still trains, which goes on from there another time, then the collector. */
  @Override
  public void close() {
    end.run();
    system.close();
  }
}
