package io.engram.trainer;

import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.dataset.Datasets;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.device.DeviceGate;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.probe.MonitoringCost;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.text.TextTable;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Help.Ansi;

/** Trains runs in this JVM, tells how they go, and serves what they showed. */
final class Session {
  private final SessionOptions options;
  private final PrintStream out;

  Session(SessionOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * @return the exit code: 0 if no run failed
   */
  int run(List<RunSpec> specs) {
    refuseSameNames(specs);
    refuseDifferentThreads(specs);
    if (!DeviceGate.ofThisProcess().choose(options.device).cuda()) {
      NativeRuntime.useCpu();
    }
    TrainingSystem system = options.system();
    Runtime.getRuntime().addShutdownHook(new Thread(system::close, "engram-shutdown"));
    try (system) {
      out.println(system.whereabouts());
      boolean failed = train(system, specs);
      if (!options.exit && !system.isClosed()) {
        out.println(system.afterwards());
        new CountDownLatch(1).await();
      }
      return failed ? 1 : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private boolean train(TrainingSystem system, List<RunSpec> specs) {
    DataLocations locations = DataLocations.of(options.dataDir, System.getenv());
    TrainerOptions trainer =
        new TrainerOptions(options.stateDir, options.start(), system.spooling());
    List<RunConsole> consoles = new ArrayList<>();
    List<Future<TrainerVerticle>> started = new ArrayList<>();
    for (RunSpec spec : specs) {
      RunConsole console = new RunConsole(spec.run(), out, Ansi.AUTO.enabled());
      consoles.add(console);
      started.add(system.train(spec, trainer, () -> load(spec, locations, console), console));
    }
    boolean failed = false;
    for (Future<TrainerVerticle> start : started) {
      RunFinished end = start.await().finished().await();
      if (end.outcome() == RunFinished.Outcome.FAILED) {
        out.printf("A run failed: %s%n", end.detail());
        failed = true;
      }
    }
    out.println();
    out.print(
        TextTable.format(RunProgress.COLUMNS, consoles.stream().map(RunConsole::row).toList()));
    return failed;
  }

  private static RunData load(RunSpec spec, DataLocations locations, RunConsole console) {
    RunData data =
        Datasets.load(
            spec.data(), spec.noise(), spec.canaries(), spec.training().seed(), locations, console);
    MonitoringCost.line(spec, data).ifPresent(console::tell);
    return data;
  }

  private static void refuseSameNames(List<RunSpec> specs) {
    Set<RunId> names = new HashSet<>();
    for (RunSpec spec : specs) {
      if (!names.add(spec.run())) {
        throw new InvalidSettingException(
            "run",
            "'%s' is named twice; runs side by side need names of their own".formatted(spec.run()));
      }
    }
  }

  private static void refuseDifferentThreads(List<RunSpec> specs) {
    if (specs.stream().map(spec -> spec.training().threads()).distinct().count() > 1) {
      throw new InvalidSettingException(
          "training.threads", "differs between runs; it holds for all runs of a process");
    }
  }
}
