package io.engram.collector.http;

import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.access.Access;
import io.engram.events.access.Scope;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token where tokens are asked for: {@code Authorization: Bearer TOKEN}, or the cookie
 * that {@link SessionApi} gives the page. One that reads opens GET and HEAD. Open to all are the
 * page's own files, which hold nothing of any run, whether the collector lives and is ready, and
 * logging in.
 */
final class AccessGate implements Handler<RoutingContext> {
  /** Name of the cookie with a page's token. */
  static final String COOKIE = "engram_token";

  private static final String BEARER = "bearer ";
  private static final String METRICS = "/metrics";
  private static final Set<String> PUBLIC = Set.of("/livez", "/readyz", SessionApi.PATH);

  private final Access access;
  private final CollectorMetrics metrics;
  private final Predicate<String> isFile;

  /**
   * @param isFile whether a path is that of one of the page's files
   */
  AccessGate(Access access, CollectorMetrics metrics, Predicate<String> isFile) {
    this.access = access;
    this.metrics = metrics;
    this.isFile = isFile;
  }

  @Override
  public void handle(RoutingContext request) {
    if (access.tokens().isEmpty() || isPublic(request)) {
      request.next();
      return;
    }
    Scope scope = scope(access, request.request());
    if (scope == null) {
      metrics.requestRefused("unauthenticated");
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"engram\"");
      request.fail(
          BadRequestException.unauthenticated(
              "a token is needed: send Authorization: Bearer TOKEN, or log in on the page"));
    } else if (scope != Scope.ALL && !isReading(request)) {
      metrics.requestRefused("forbidden");
      request.fail(
          BadRequestException.forbidden("this token only reads: one of scope all is needed"));
    } else {
      request.next();
    }
  }

  /** What a request's token opens; null if it has none, or none that is known. */
  static @Nullable Scope scope(Access access, HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? access.scopeOf(authorization.substring(BEARER.length()).strip())
          : null;
    }
    Cookie cookie = request.getCookie(COOKIE);
    return cookie == null ? null : access.scopeOf(cookie.getValue());
  }

  private boolean isPublic(RoutingContext request) {
    String path = request.normalizedPath();
    return PUBLIC.contains(path)
        || (isReading(request)
            && (isFile.test(path) || (access.openMetrics() && path.equals(METRICS))));
  }

  private static boolean isReading(RoutingContext request) {
    HttpMethod method = request.request().method();
    return method == HttpMethod.GET || method == HttpMethod.HEAD;
  }
}
