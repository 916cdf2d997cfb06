package io.engram.collector.http;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.Runs;
import io.engram.events.RunId;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Server-sent events that tell what changed, at most every {@value #FRAME_MILLIS} ms however fast
 * the training events come. Each frame is a JSON object: {@code runs}, the runs that changed, each
 * as a {@link RunView} with the points that its series gained since the frame before; {@code
 * removed}, the runs that left; {@code full}, true where instead all runs are told, with the names
 * of their series but no points: these are to be fetched. The first frame is full.
 *
 * <p>A client that reads too slowly misses frames, and once it has caught up gets a full one: what
 * is held for it is bounded by its write queue. Belongs to the context that owns the runs.
 */
final class EventStream implements Handler<RoutingContext> {
  private static final int FRAME_MILLIS = 40;
  private static final int KEEP_ALIVE_MILLIS = 15_000;
  private static final int WRITE_QUEUE_BYTES = 256 * 1024;
  private static final Buffer GREETING = Buffer.buffer("retry: 2000\n\n");
  private static final Buffer KEEP_ALIVE = Buffer.buffer(": still here\n\n");

  private final Vertx vertx;
  private final Runs runs;
  private final long keepAliveTimer;

  /** The clients, each with whether it missed a frame. */
  private final Map<HttpServerResponse, Boolean> behind = new LinkedHashMap<>();

  private final Map<RunId, StreamCursor> cursors = new HashMap<>();
  private final TreeSet<RunId> changed = new TreeSet<>();
  private boolean frameDue;

  EventStream(Vertx vertx, Runs runs) {
    this.vertx = vertx;
    this.runs = runs;
    this.keepAliveTimer = vertx.setPeriodic(KEEP_ALIVE_MILLIS, timer -> keepAlive());
  }

  @Override
  public void handle(RoutingContext request) {
    new Parameters(request.queryParams());
    HttpServerResponse client = request.response();
    client.setChunked(true).setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    client.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
    client.putHeader("X-Accel-Buffering", "no");
    client.closeHandler(closed -> behind.remove(client));
    client.exceptionHandler(failure -> behind.remove(client));
    client.drainHandler(drained -> scheduleFrame());
    if (behind.isEmpty()) {
      cursors.clear();
      changed.clear();
    }
    behind.put(client, false);
    client.write(GREETING);
    client.write(fullFrame());
  }

  /** The run changed, or left. */
  void changed(RunId run) {
    if (!behind.isEmpty()) {
      changed.add(run);
      scheduleFrame();
    }
  }

  /** Ends all streams. */
  void close() {
    vertx.cancelTimer(keepAliveTimer);
    for (HttpServerResponse client : List.copyOf(behind.keySet())) {
      client.end();
    }
    behind.clear();
  }

  private void scheduleFrame() {
    if (!frameDue) {
      frameDue = true;
      vertx.setTimer(FRAME_MILLIS, timer -> sendFrames());
    }
  }

  private void sendFrames() {
    frameDue = false;
    Buffer news = changed.isEmpty() ? null : newsFrame();
    Buffer full = null;
    for (Map.Entry<HttpServerResponse, Boolean> client : behind.entrySet()) {
      if (client.getKey().writeQueueFull()) {
        client.setValue(client.getValue() || news != null);
      } else if (client.getValue()) {
        full = full == null ? fullFrame() : full;
        client.getKey().write(full);
        client.setValue(false);
      } else if (news != null) {
        client.getKey().write(news);
      }
    }
  }

  private void keepAlive() {
    for (HttpServerResponse client : behind.keySet()) {
      if (!client.writeQueueFull()) {
        client.write(KEEP_ALIVE);
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
        var series = cursors.computeIfAbsent(id, unseen -> new StreamCursor()).advance(run, now);
        news.add(new RunNews(RunView.of(now), series));
      }
    }
    changed.clear();
    return frame(new Frame(false, news, removed));
  }

  private Buffer fullFrame() {
    List<RunNews> all = new ArrayList<>();
    for (RunAggregate run : runs.all()) {
      Map<String, StreamCursor.Points> names = new TreeMap<>();
      run.seriesNames().forEach(name -> names.put(name, StreamCursor.Points.NONE));
      all.add(new RunNews(RunView.of(run.snapshot()), names));
    }
    return frame(new Frame(true, all, List.of()));
  }

  private static Buffer frame(Frame frame) {
    return Buffer.buffer("data: ").appendBuffer(Json.encode(frame)).appendString("\n\n");
  }

  record Frame(boolean full, List<RunNews> runs, List<RunId> removed) {}

  record RunNews(RunView run, Map<String, StreamCursor.Points> series) {}
}
