package io.engram.collector.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.alert.AlertBoard;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events that tell what changed, at most every {@value #FRAME_MILLIS} ms however fast
 * the training events come. Each frame is a JSON object: {@code runs}, the runs that changed, each
 * as a {@link RunView} with the points that its series gained since the frame before; {@code
 * removed}, the runs that left; {@code full}, true where instead all runs are told, with the names
 * of their series but no points: these are to be fetched; {@code alerts}, an {@link AlertsView} of
 * all alerts, where they changed. The first frame is full, and has the alerts.
 *
 * <p>A client that reads too slowly misses frames, and once it has caught up gets a full one: what
 * is held for it is bounded by its write queue. Belongs to the context that owns the runs.
 */
final class EventStream implements Handler<RoutingContext> {
  private static final int FRAME_MILLIS = 33;
  private static final int KEEP_ALIVE_MILLIS = 15_000;
  private static final int WRITE_QUEUE_BYTES = 256 * 1024;
  private static final Buffer GREETING = Buffer.buffer("retry: 2000\n\n");
  private static final Buffer KEEP_ALIVE = Buffer.buffer(": still here\n\n");

  private final Vertx vertx;
  private final Runs runs;
  private final Watches watches;
  private final AlertBoard board;
  private final CollectorMetrics metrics;
  private final long keepAliveTimer;

  private final List<Client> clients = new ArrayList<>();
  private final Map<RunId, StreamCursor> cursors = new HashMap<>();
  private final TreeSet<RunId> changed = new TreeSet<>();
  private boolean alertsChanged;
  private boolean frameDue;

  EventStream(Vertx vertx, Runs runs, Watches watches, AlertBoard board, CollectorMetrics metrics) {
    this.vertx = vertx;
    this.runs = runs;
    this.watches = watches;
    this.board = board;
    this.metrics = metrics;
    this.keepAliveTimer = vertx.setPeriodic(KEEP_ALIVE_MILLIS, timer -> keepAlive());
  }

  @Override
  public void handle(RoutingContext request) {
    new Parameters(request.queryParams());
    HttpServerResponse response = request.response();
    response.setChunked(true).setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    Client client = new Client(response);
    response.closeHandler(closed -> clients.remove(client));
    response.exceptionHandler(failure -> clients.remove(client));
    response.drainHandler(drained -> scheduleFrame());
    if (clients.isEmpty()) {
      beginTelling();
    }
    clients.add(client);
    response.write(GREETING);
    response.write(fullFrame());
  }

  /** The run changed, or left. */
  void changed(RunId run) {
    if (!clients.isEmpty()) {
      changed.add(run);
      scheduleFrame();
    }
  }

  /** Alerts are others than before. */
  void alertsChanged() {
    if (!clients.isEmpty()) {
      alertsChanged = true;
      scheduleFrame();
    }
  }

  /** Ends all streams. */
  void close() {
    vertx.cancelTimer(keepAliveTimer);
    for (Client client : List.copyOf(clients)) {
      client.response.end();
    }
    clients.clear();
  }

  /** Clients fetch what was until now; frames tell from here on, and of new runs everything. */
  private void beginTelling() {
    changed.clear();
    alertsChanged = false;
    cursors.clear();
    for (RunAggregate run : runs.all()) {
      cursor(run.run()).advance(run, run.snapshot());
    }
  }

  private StreamCursor cursor(RunId run) {
    return cursors.computeIfAbsent(run, unseen -> new StreamCursor());
  }

  private void scheduleFrame() {
    if (!frameDue) {
      frameDue = true;
      vertx.setTimer(FRAME_MILLIS, timer -> sendFrames());
    }
  }

  private void sendFrames() {
    frameDue = false;
    Buffer news = changed.isEmpty() && !alertsChanged ? null : newsFrame();
    Buffer full = null;
    for (Client client : List.copyOf(clients)) {
      if (client.response.writeQueueFull()) {
        if (news != null) {
          client.behind = true;
          metrics.streamFrameSkipped();
        }
      } else if (client.behind) {
        full = full == null ? fullFrame() : full;
        client.response.write(full);
        client.behind = false;
      } else if (news != null) {
        client.response.write(news);
      }
    }
  }

  private void keepAlive() {
    for (Client client : List.copyOf(clients)) {
      if (!client.response.writeQueueFull()) {
        client.response.write(KEEP_ALIVE);
      }
    }
  }

  private Buffer newsFrame() {
    List<RunNews> news = new ArrayList<>();
    List<RunId> removed = new ArrayList<>();
    for (RunId id : changed) {
      RunAggregate run = runs.find(id);
      if (run == null) {
        removed.add(id);
        cursors.remove(id);
      } else {
        RunSnapshot now = run.snapshot();
        var series = cursor(id).advance(run, now);
        news.add(new RunNews(view(run, now), series));
      }
    }
    changed.clear();
    AlertsView alerts = alertsChanged ? alerts() : null;
    alertsChanged = false;
    return frame(new Frame(false, news, removed, alerts));
  }

  private RunView view(RunAggregate run, RunSnapshot now) {
    return RunView.of(now, watches.of(run).snapshot());
  }

  private Buffer fullFrame() {
    List<RunNews> all = new ArrayList<>();
    for (RunAggregate run : runs.all()) {
      Map<String, StreamCursor.Points> names = new TreeMap<>();
      run.seriesNames().forEach(name -> names.put(name, StreamCursor.Points.NONE));
      all.add(new RunNews(view(run, run.snapshot()), names));
    }
    return frame(new Frame(true, all, List.of(), alerts()));
  }

  private AlertsView alerts() {
    return AlertsView.of(board.snapshot());
  }

  private static Buffer frame(Frame frame) {
    return Buffer.buffer("data: ").appendBuffer(Json.encode(frame)).appendString("\n\n");
  }

  private static final class Client {
    final HttpServerResponse response;

    /** Whether it missed a frame. */
    boolean behind;

    Client(HttpServerResponse response) {
      this.response = response;
    }
  }

  record Frame(
      boolean full,
      List<RunNews> runs,
      List<RunId> removed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AlertsView alerts) {}

  record RunNews(RunView run, Map<String, StreamCursor.Points> series) {}
}
