package io.engram.collector;

import io.engram.events.Shard;
import io.engram.events.access.AccessFlags;
import io.engram.events.cluster.BusOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code engram-collector}: a collector in a process of its own. */
@Command(
    name = "engram-collector",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ReplayCommand.class,
      JournalCommand.class,
      TokenCommand.class,
      CertificatesCommand.class
    },
    sortOptions = false,
    description = {
      "Aggregates what training runs say of themselves and serves it: metrics for Prometheus, a"
          + " JSON API, and a live page.",
      "",
      "With --bus clustered it takes the events of trainers in other processes, started alike"
          + " ('engram train RUN --bus clustered'), in any order. Without, it serves the runs that"
          + " the state folder holds: 'engram live' and 'engram train' bring their own collector.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram-collector                      at http://127.0.0.1:9464/",
      "  engram-collector --bus clustered      for trainers with --bus clustered",
      "  engram-collector --bus clustered --shard b   a second one, for some of the runs",
      "  engram-collector --port 0             at any port that is free",
      "  engram-collector --run-retention 7d   runs stay for a week"
    })
public final class Main implements Callable<Integer> {
  private static final String LOGGING = "logback.configurationFile";
  private static final long SHUTDOWN_SECONDS = 20;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}). Beyond this machine with TLS and a"
              + " token only.")
  String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9464",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "engram-state",
      description =
          "The runs are kept in its folder 'collector' over restarts (default: ./${DEFAULT-VALUE}).")
  Path stateDir;

  @Option(
      names = "--run-retention",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = Durations.class,
      description =
          "How long a run stays after its last event, or after the start, such as 90s, 30m, 24h,"
              + " 7d (default: ${DEFAULT-VALUE}). Then its state moves to the folder 'retired'.")
  Duration runRetention;

  @Option(
      names = "--save-interval",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.class,
      description = "Time between two saves of the runs' state (default: ${DEFAULT-VALUE}).")
  Duration saveInterval;

  @Option(
      names = "--shard",
      paramLabel = "NAME",
      converter = ShardName.class,
      description =
          "Which of several collectors on the bus this is (default: default). A run stays with the"
              + " shard that took it first.")
  @Nullable Shard shard;

  @Option(
      names = "--most-runs",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many runs it knows at a time (default: ${DEFAULT-VALUE}). Events of new ones beyond"
              + " are refused, and counted.")
  int mostRuns;

  @Mixin BusOptions bus;

  @Mixin AccessFlags access;

  @Spec CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "logback-collector.xml");
    }
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (problem, given) -> {
              PrintWriter err = problem.getCommandLine().getErr();
              err.println("engram-collector: " + problem.getMessage() + " (--help shows how)");
              return CommandLine.ExitCode.USAGE;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    CollectorOptions options = options();
    Vertx vertx;
    try {
      vertx =
          CollectorBus.start(
              SystemMetrics.ofVertx()
                  .setFileSystemOptions(
                      new FileSystemOptions()
                          .setFileCachingEnabled(false)
                          .setClassPathResolvingEnabled(false)),
              bus,
              options.access().insecure(),
              options.shard());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (RuntimeException e) {
      spec.commandLine().getErr().println("engram-collector: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    String deployment;
    try {
      deployment =
          vertx
              .deployVerticle(
                  new CollectorVerticle(), new DeploymentOptions().setConfig(options.toJson()))
              .await();
    } catch (RuntimeException e) {
      vertx.close().await();
      spec.commandLine().getErr().println("engram-collector: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> shutDown(vertx, deployment), "engram-shutdown"));
    spec.commandLine().getOut().println("Engram collector at " + address(vertx, options));
    // A signal ends the process, through the hook.
    new CountDownLatch(1).await();
    return CommandLine.ExitCode.OK;
  }

  private CollectorOptions options() {
    if (shard != null && !bus.clustered()) {
      throw new ParameterException(
          spec.commandLine(), "--shard is an option of --bus clustered: give that, too");
    }
    try {
      return new CollectorOptions(
          host,
          port,
          stateDir.resolve("collector").toString(),
          runRetention,
          saveInterval,
          true,
          CollectorOptions.DEFAULTS.journalMegabytes(),
          shard == null ? CollectorOptions.DEFAULTS.shard() : shard,
          access.access(),
          mostRuns);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private String address(Vertx vertx, CollectorOptions options) {
    Object port =
        vertx
            .sharedData()
            .getLocalMap(CollectorVerticle.SHARED_MAP)
            .get(CollectorVerticle.SHARED_PORT);
    return "%s://%s:%s/"
        .formatted(options.access().scheme(), host.contains(":") ? "[" + host + "]" : host, port);
  }

  private static final class ShardName implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String name) {
      try {
        return new Shard(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static void shutDown(Vertx vertx, String deployment) {
    try {
      vertx.undeploy(deployment).await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      vertx.close().await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.err.println("engram-collector: not everything was closed in time");
    }
  }
}
