package io.engram.collector.http;

import io.engram.collector.metrics.CollectorMetrics;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Turns away what is no request of HTTP, as one whose path cannot be read, and counts it. */
final class RequestGate implements Handler<RoutingContext> {
  private static final int BAD_REQUEST = 400;

  private final CollectorMetrics metrics;

  RequestGate(CollectorMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(RoutingContext request) {
    if (isWhole(request)) {
      request.next();
    } else {
      refuse(request);
    }
  }

  /** Counts it and says so, where anybody still hears. */
  void refuse(RoutingContext request) {
    metrics.requestRefused("malformed");
    if (!request.response().ended() && !request.response().closed()) {
      request.response().setStatusCode(BAD_REQUEST);
      String problem = "what was sent is not a whole request of HTTP";
      new Encoded("application/json", false, Json.encode(Map.of("error", problem)))
          .send(request.request());
    }
  }

  private static boolean isWhole(RoutingContext request) {
    try {
      return !request.normalizedPath().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether it failed because of what was sent, which is none, or did not come whole. */
  static boolean isBroken(RoutingContext request) {
    Throwable failure = request.failure();
    boolean wrongLength = failure instanceof NumberFormatException && !request.request().isEnded();
    return failure instanceof HttpClosedException
        || wrongLength
        || (failure != null && request.statusCode() == BAD_REQUEST);
  }
}
