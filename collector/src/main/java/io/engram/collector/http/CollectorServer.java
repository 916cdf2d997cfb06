package io.engram.collector.http;

import io.engram.collector.aggregate.Runs;
import io.engram.collector.alert.AlertBoard;
import io.engram.collector.ingest.EventLines;
import io.engram.collector.metrics.CollectorMetrics;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import io.engram.events.access.Access;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that the collector serves over HTTP: runs to read, commands for them, and alerts.
 * Belongs to the context that owns the runs: all methods are to be called there.
 */
public final class CollectorServer {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorServer.class);
  private static final int SHUTDOWN_SECONDS = 5;
  private static final String ALERTS = "/api/v1/alerts";
  private static final String EVENTS = "/events";

  private final Supplier<Future<?>> ready;
  private final RequestGate gate;
  private final EventStream stream;
  private final HttpServer server;

  private CollectorServer(
      Vertx vertx, Served served, BusLinks links, Endpoint endpoint, StaticFiles files) {
    Runs runs = served.runs();
    Watches watches = served.watches();
    AlertBoard board = served.board();
    Access access = endpoint.access();
    String host = endpoint.host();
    this.ready = links.ready();
    CollectorMetrics metrics = served.metrics();
    this.gate = new RequestGate(metrics);
    this.stream = new EventStream(vertx, runs, watches, board, metrics);
    this.server = vertx.createHttpServer(access.serverOptions());
    Connections connections = new Connections(vertx, metrics);
    connections.watch(server);
    Router router = Router.router(vertx);
    router.route().handler(connections);
    router.route().handler(CollectorServer::addHeaders).failureHandler(this::explain);
    router.route().handler(gate);
    router.route().handler(new AccessGate(access, metrics, files::has));
    SessionApi session = new SessionApi(access, host, metrics);
    get(router, SessionApi.PATH, session::show);
    router
        .post(SessionApi.PATH)
        .handler(new CommandGate(host, "tokens"))
        .handler(BodyHandler.create(false).setBodyLimit(SessionApi.LONGEST_BODY))
        .handler(CommandsHandler::demandJson)
        .handler(session::begin);
    router.delete(SessionApi.PATH).handler(new CommandGate(host, "tokens")).handler(session::end);
    RunsApi api = new RunsApi(runs, watches);
    get(router, "/livez", request -> Encoded.text("ok\n").send(request.request()));
    get(router, "/readyz", this::readiness);
    get(router, "/metrics", new MetricsHandler(runs, watches, served.registry()));
    get(router, "/api/v1/runs", api::list);
    get(router, "/api/v1/runs/:run", api::show);
    get(router, "/api/v1/runs/:run/series", api::series);
    SeriesApi series = new SeriesApi(api::run);
    get(router, "/api/v1/series", series::json);
    get(router, "/api/v1/series.csv", series::csv);
    get(router, "/api/v1/runs/:run/examples", api::examples);
    get(
        router,
        "/api/v1/runs/:run/examples/:id/pixels",
        new PixelsHandler(api::run, links.pixels()));
    get(router, "/api/v1/runs/:run/data-map", api::dataMap);
    get(router, "/api/v1/runs/:run/branches", api::branches);
    get(router, "/api/v1/runs/:run/sensitivity", api::sensitivity);
    get(router, "/api/v1/runs/:run/critical-samples", api::criticalSamples);
    get(router, "/api/v1/runs/:run/svalidation", api::svalidation);
    get(router, "/api/v1/runs/:run/onset", api::onset);
    router
        .post("/api/v1/runs/:run/commands")
        .handler(new CommandGate(host, "commands"))
        .handler(BodyHandler.create(false).setBodyLimit(CommandsHandler.LONGEST_BODY))
        .handler(CommandsHandler::demandJson)
        .handler(new CommandsHandler(api::run, links.commands()));
    EventsHandler events = new EventsHandler(runs, watches, links.ingest());
    router
        .post("/api/v1/runs/:run/events")
        .handler(new CommandGate(host, "events"))
        .handler(BodyHandler.create(false).setBodyLimit(EventLines.LONGEST_BODY))
        .handler(EventsHandler::demandLines)
        .handler(events);
    get(router, "/api/v1/schema/events.json", EventsHandler::schema);
    AlertsApi alerts = new AlertsApi(board, metrics, stream::alertsChanged);
    get(router, ALERTS, alerts::list);
    router
        .post(ALERTS)
        .handler(new CommandGate(host, "alerts"))
        .handler(BodyHandler.create(false).setBodyLimit(NotificationReader.LONGEST_BODY))
        .handler(CommandsHandler::demandJson)
        .handler(alerts::take);
    router.get("/api/v1/stream").handler(stream);
    get(router, "/*", files);
    router.errorHandler(404, this::explain);
    router.errorHandler(405, this::explain);
    server.requestHandler(router);
  }

  /**
   * Listens, and answers from then on.
   *
   * @return fails with a message that names the address if it cannot be listened on
   */
  public static Future<CollectorServer> listen(
      Vertx vertx, Served served, BusLinks links, Endpoint endpoint) {
    return vertx
        .executeBlocking(StaticFiles::read)
        .map(files -> new CollectorServer(vertx, served, links, endpoint, files))
        .compose(
            server ->
                server
                    .server
                    .listen(endpoint.port(), endpoint.host())
                    .map(server)
                    .recover(
                        failure -> {
                          server.stream.close();
                          return Future.failedFuture(cannotListen(endpoint, failure));
                        }));
  }

  /** The port that is listened on. */
  public int port() {
    return server.actualPort();
  }

  /** The run has changed, appeared or left; told to the clients of the event stream. */
  public void changed(RunId run) {
    stream.changed(run);
  }

  /** Alerts are others than before; told to the clients of the event stream. */
  public void alertsChanged() {
    stream.alertsChanged();
  }

  /** Ends the event streams, answers what was asked, and stops listening. */
  public Future<Void> shutdown() {
    stream.close();
    return server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  private void readiness(RoutingContext request) {
    ready
        .get()
        .onSuccess(pong -> Encoded.text("ready\n").send(request.request()))
        .onFailure(
            failure -> {
              request.response().setStatusCode(503);
              Encoded.text("not ready: " + failure.getMessage() + "\n").send(request.request());
            });
  }

  private static void get(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
  }

  private static void addHeaders(RoutingContext request) {
    HttpServerResponse response = request.response();
    response.putHeader(
        "Content-Security-Policy",
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'");
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    if (request.request().isSSL()) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    request.next();
  }

  private void explain(RoutingContext request) {
    Throwable failure = request.failure();
    if (RequestGate.isBroken(request)) {
      gate.refuse(request);
      return;
    }
    int status = request.statusCode();
    String problem = "nothing is served at " + request.normalizedPath();
    Map<String, Object> details = Map.of();
    if (failure instanceof BadRequestException bad) {
      status = bad.status();
      problem = bad.getMessage();
      details = bad.details();
    } else if (failure != null) {
      LOG.warn("{} {} failed", request.request().method(), request.request().path(), failure);
      problem = "the collector failed to answer, its log says why";
    } else if (status == 405) {
      problem =
          "%s is not taken here: use %s"
              .formatted(request.request().method(), methods(request.normalizedPath()));
    } else if (status == 413) {
      problem = "the body is longer than %d bytes".formatted(longestBody(request.normalizedPath()));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("error", problem);
    answer.putAll(details);
    if (!request.response().ended()) {
      request.response().setStatusCode(status);
      if (status == 503) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      }
      new Encoded("application/json", false, Json.encode(answer)).send(request.request());
    }
  }

  private static long longestBody(String path) {
    if (path.endsWith(EVENTS)) {
      return EventLines.LONGEST_BODY;
    }
    return path.equals(ALERTS) ? NotificationReader.LONGEST_BODY : CommandsHandler.LONGEST_BODY;
  }

  private static String methods(String path) {
    if (path.endsWith("/commands") || path.endsWith(EVENTS)) {
      return "POST";
    }
    if (path.equals(SessionApi.PATH)) {
      return "GET, POST or DELETE";
    }
    return path.equals(ALERTS) ? "GET or POST" : "GET";
  }

  private static Throwable cannotListen(Endpoint endpoint, Throwable failure) {
    String reason =
        failure instanceof BindException
            ? "the port is in use, or the address is not of this machine: choose another"
            : failure.getMessage();
    return new IllegalStateException(
        "cannot listen on %s port %d: %s".formatted(endpoint.host(), endpoint.port(), reason),
        failure);
  }
}
