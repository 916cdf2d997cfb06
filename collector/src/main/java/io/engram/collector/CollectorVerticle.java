package io.engram.collector;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.alert.AlertBoard;
import io.engram.collector.http.BusLinks;
import io.engram.collector.http.CollectorServer;
import io.engram.collector.http.Endpoint;
import io.engram.collector.http.Served;
import io.engram.collector.ingest.IngestLink;
import io.engram.collector.ingest.Receipt;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.store.CheckpointStates;
import io.engram.collector.watch.Watches;
import io.engram.events.EventBatch;
import io.engram.events.RunCommand;
import io.engram.events.RunId;
import io.engram.events.Shard;
import io.engram.events.cluster.Cluster;
import io.engram.events.wire.CommandMessage;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.EventParcelCodec;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One collector: takes events from the bus, applies them to the runs it keeps, saves these now and
 * then, and serves them. To be deployed on an event loop, once in a Vert.x instance, with {@link
 * CollectorOptions} as JSON; whoever deploys it finds the port that it listens on in the Vert.x
 * local map {@value #SHARED_MAP} under {@value #SHARED_PORT}.
 *
 * <p>Its event loop is the one owner of the runs. Stopping it saves them all.
 */
public final class CollectorVerticle extends VerticleBase {
  /** Name of the local map in which this verticle tells where it is. */
  public static final String SHARED_MAP = "engram.collector";

  /** Key of the port, an {@code Integer}. */
  public static final String SHARED_PORT = "port";

  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(2_000);

  /** A run hears commands between two units of work, of which an evaluation may take seconds. */
  private static final DeliveryOptions BETWEEN_STEPS = new DeliveryOptions().setSendTimeout(10_000);

  private static final long NOTE_MILLIS = 1_000;
  private static final long LONGEST_SWEEP_MILLIS = 10_000;

  private final InstantSource clock = InstantSource.system();
  private final Runs runs = new Runs(SteadyClock.begin(clock, System::nanoTime));
  private final Watches watches = new Watches();
  private final AlertBoard board = new AlertBoard(clock);
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final CollectorMetrics metrics = new CollectorMetrics(registry);
  private @Nullable CheckpointStates states;
  private @Nullable Journaling journaling;
  private @Nullable Parts parts;
  private @Nullable IngestLink ingest;

  /**
   * Restores the runs, then serves them and takes events.
   *
   * @throws IllegalArgumentException if the configuration is not that of {@link CollectorOptions}
   */
  @Override
  public Future<?> start() {
    CollectorOptions options = CollectorOptions.fromJson(config());
    metrics.showInsecure(
        registry, options.access().isExposed(options.host()) || Cluster.isExposed(vertx));
    EventBatchCodec.register(vertx.eventBus());
    EventParcelCodec.register(vertx.eventBus());
    Path dir = options.stateDir() == null ? null : Path.of(options.stateDir());
    states = dir == null ? null : new CheckpointStates(dir.resolve("checkpoints"));
    RunKeeper keeper = new RunKeeper(vertx, runs, watches, metrics, dir, states);
    return keeper
        .restore()
        .compose(restored -> readJournal(options, dir, keeper))
        .compose(
            restored ->
                CollectorServer.listen(
                    vertx,
                    new Served(runs, watches, board, registry, metrics),
                    new BusLinks(
                        () -> ping(options.shard()), this::pixels, this::command, this::ingest),
                    new Endpoint(options.host(), options.port(), options.access())))
        .compose(server -> takeEvents(options, keeper, server));
  }

  /** Takes no more events, saves every run, and ends what is being served, in this order. */
  @Override
  public Future<?> stop() {
    Parts stopping = Objects.requireNonNull(parts);
    ingest = null;
    return stopping
        .questions()
        .unregister()
        .eventually(stopping.events()::unregister)
        .eventually(stopping.keeper()::saveAll)
        .eventually(this::closeJournal)
        .eventually(stopping.server()::shutdown)
        .onComplete(done -> stopping.systemMetrics().close());
  }

  private Future<Void> takeEvents(
      CollectorOptions options, RunKeeper keeper, CollectorServer server) {
    Consumer<RunId> changed =
        run -> {
          keeper.changed(run);
          server.changed(run);
        };
    OnsetAlarms alarms =
        new OnsetAlarms(watches, clock, new OnsetMessenger(vertx, runs, metrics), changed);
    EventApplier applier = new EventApplier(runs, watches, states, alarms);
    RunLimit limit = new RunLimit(runs, options.mostRuns(), metrics);
    Handler<Message<Object>> intake =
        journaling == null
            ? new EventIntake(runs, limit, applier, metrics, changed)
            : journaled(options, journaling, limit, applier, keeper, changed);
    ingest = intake instanceof IngestLink link ? link : null;
    MessageConsumer<Object> events =
        vertx.eventBus().consumer(EventAddresses.events(options.shard()), intake);
    MessageConsumer<Object> questions =
        vertx
            .eventBus()
            .consumer(EventAddresses.SHARDS, new ShardAnswers(vertx, options.shard(), runs));
    parts = new Parts(keeper, server, questions, events, new SystemMetrics(registry));
    vertx.setPeriodic(options.saveInterval().toMillis(), timer -> keeper.saveNowAndThen());
    vertx.setPeriodic(
        Math.min(LONGEST_SWEEP_MILLIS, options.runRetention().toMillis()),
        timer -> {
          keeper.retire(options.runRetention()).forEach(run -> leave(run, intake, server));
          if (board.sweep()) {
            server.alertsChanged();
          }
        });
    vertx.sharedData().getLocalMap(SHARED_MAP).put(SHARED_PORT, server.port());
    return events
        .completion()
        .compose(listening -> questions.completion())
        .onSuccess(listening -> runs.all().forEach(alarms::tellAgain));
  }

  private Future<Void> readJournal(CollectorOptions options, @Nullable Path dir, RunKeeper keeper) {
    CheckpointStates known = states;
    if (!options.journal() || dir == null || known == null) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(
            () ->
                Journaling.open(
                    dir, runs, watches, known, keeper::savedPosition, keeper.readFrom()))
        .map(
            read -> {
              journaling = read;
              runs.all().forEach(run -> keeper.changed(run.run()));
              metrics.showJournal(registry, read.journal()::bytes);
              return null;
            });
  }

  private JournaledIntake journaled(
      CollectorOptions options,
      Journaling journaling,
      RunLimit limit,
      EventApplier applier,
      RunKeeper keeper,
      Consumer<RunId> changed) {
    JournaledIntake intake =
        new JournaledIntake(context, runs, limit, metrics, journaling, applier, changed);
    keeper.journalPosition(intake::position);
    long bytes = (long) options.journalMegabytes() << 20;
    vertx.setPeriodic(NOTE_MILLIS, timer -> journaling.journal().note());
    vertx.setPeriodic(
        options.saveInterval().toMillis(),
        timer -> journaling.trim(bytes, keeper.leastSavedPosition(intake.position())));
    return intake;
  }

  private void leave(RunId run, Handler<Message<Object>> intake, CollectorServer server) {
    if (intake instanceof JournaledIntake journaled) {
      journaled.forget(run);
    }
    server.changed(run);
  }

  private Future<Receipt> ingest(EventParcel parcel) {
    IngestLink link = ingest;
    return link == null
        ? Future.failedFuture("the collector is starting or stopping: try again")
        : link.take(parcel);
  }

  private Future<Void> closeJournal() {
    Journaling closing = journaling;
    return closing == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              closing.close();
              return null;
            });
  }

  /** Asks over the bus whether events are taken. */
  private Future<?> ping(Shard shard) {
    return vertx
        .eventBus()
        .request(EventAddresses.events(shard), new EventBatch(List.of(), 0), SOON);
  }

  private Future<Buffer> pixels(RunId run, int example) {
    return vertx
        .eventBus()
        .<Buffer>request(EventAddresses.pixels(run), example, SOON)
        .map(Message::body);
  }

  private Future<String> command(RunId run, RunCommand command) {
    return vertx
        .eventBus()
        .<String>request(
            EventAddresses.commands(run), CommandMessage.of(command, clock).toJson(), BETWEEN_STEPS)
        .map(Message::body);
  }

  private record Parts(
      RunKeeper keeper,
      CollectorServer server,
      MessageConsumer<Object> questions,
      MessageConsumer<Object> events,
      SystemMetrics systemMetrics) {}
}
