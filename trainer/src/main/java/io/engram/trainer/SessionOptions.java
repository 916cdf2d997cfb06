package io.engram.trainer;

import io.engram.events.access.Access;
import io.engram.events.access.AccessFlags;
import io.engram.events.cluster.BusOptions;
import io.engram.events.cluster.ClusterOptions;
import io.engram.trainer.device.DeviceRequest;
import io.engram.trainer.spec.InvalidSettingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options shared by the commands that train. */
final class SessionOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address the live page and /metrics listen on (default: ${DEFAULT-VALUE}). Beyond this"
              + " machine with TLS and a token only.")
  String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9464",
      description =
          "Their port, 0 for a free one (default: ${DEFAULT-VALUE}). With --bus clustered that of"
              + " /livez and /readyz, by default a free one.")
  int port;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "engram-state",
      description = "Checkpoints and the collector's state (default: ./${DEFAULT-VALUE}).")
  Path stateDir;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are looked for before $$ENGRAM_DATA and the cache.")
  @Nullable Path dataDir;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description =
          "auto, cpu or cuda (default: ${DEFAULT-VALUE}). auto takes a GPU where the build holds"
              + " the CUDA backend and the GPU can run it.")
  DeviceRequest device;

  @Option(
      names = "--resume",
      description = "Continue each run from its last checkpoint, where there is one.")
  boolean resume;

  @Option(
      names = "--from",
      paramLabel = "POINT",
      description =
          "With --resume: latest (the default), or before-onset, the checkpoint that was kept from"
              + " before the run began to memorize.")
  TrainerOptions.@Nullable Start from;

  @Option(names = "--exit", description = "End after the last run instead of serving on.")
  boolean exit;

  @Mixin BusOptions bus;

  @Mixin AccessFlags access;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * Starts what the runs train in.
   *
   * @throws InvalidSettingException if an address cannot be listened on, or is none
   */
  TrainingSystem system() {
    Access allowed = access();
    ClusterOptions cluster = cluster(allowed.insecure());
    if (cluster == null) {
      return EmbeddedSystem.start(host, port, allowed, stateDir);
    }
    boolean given = command.commandLine().getParseResult().hasMatchedOption("--port");
    return ClusteredSystem.start(host, given ? port : 0, allowed, cluster);
  }

  private Access access() {
    try {
      Access allowed = access.access();
      allowed.check(host);
      return allowed;
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    }
  }

  private @Nullable ClusterOptions cluster(boolean insecure) {
    try {
      bus.refuseIdleOptions();
      return bus.clustered() ? bus.cluster(insecure) : null;
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    }
  }

  /**
   * @throws InvalidSettingException if a point is named and there is nothing to resume
   */
  TrainerOptions.Start start() {
    if (from == null) {
      return resume ? TrainerOptions.Start.LATEST : TrainerOptions.Start.AFRESH;
    }
    if (!resume || from == TrainerOptions.Start.AFRESH) {
      throw new InvalidSettingException(
          "", "--from names where to --resume: give both, with latest or before-onset");
    }
    return from;
  }
}
