package io.engram.collector.http;

import io.engram.collector.metrics.CollectorMetrics;
import io.engram.events.access.Access;
import io.engram.events.access.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The login of the page. GET tells whether a token is needed and what the one that was sent opens,
 * {@code {"required": true, "scope": "read", "insecure": false}}; POST of {@code {"token": …}}
 * keeps it in a cookie that no script can read and no other site makes a browser send, until the
 * browser is closed; DELETE takes it back.
 */
final class SessionApi {
  static final String PATH = "/api/v1/session";

  /** The most that a body may take, in bytes. */
  static final long LONGEST_BODY = 1024;

  private static final String TOKEN = "token";

  private final Access access;
  private final boolean exposed;
  private final CollectorMetrics metrics;

  SessionApi(Access access, String host, CollectorMetrics metrics) {
    this.access = access;
    this.exposed = access.isExposed(host) || metrics.isInsecure();
    this.metrics = metrics;
  }

  void show(RoutingContext request) {
    new Parameters(request.queryParams());
    answer(request, AccessGate.scope(access, request.request()));
  }

  void begin(RoutingContext request) {
    new Parameters(request.queryParams());
    String token = token(request.body().buffer());
    Scope scope = access.scopeOf(token);
    if (scope == null) {
      metrics.requestRefused("unauthenticated");
      throw BadRequestException.unauthenticated("this token is not known");
    }
    request.response().addCookie(cookie(token));
    answer(request, scope);
  }

  void end(RoutingContext request) {
    new Parameters(request.queryParams());
    request.response().addCookie(cookie("").setMaxAge(0));
    answer(request, null);
  }

  private Cookie cookie(String token) {
    return Cookie.cookie(AccessGate.COOKIE, token)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(access.tls() != null)
        .setSameSite(CookieSameSite.STRICT);
  }

  private void answer(RoutingContext request, @Nullable Scope scope) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("required", !access.tokens().isEmpty());
    session.put("scope", scope == null ? null : scope.toString().toLowerCase(Locale.ROOT));
    session.put("insecure", exposed);
    new Encoded("application/json", false, Json.encode(session)).send(request.request());
  }

  private static String token(@Nullable Buffer body) {
    try {
      JsonObject json = new JsonObject(body == null ? Buffer.buffer() : body);
      if (json.fieldNames().equals(Set.of(TOKEN)) && json.getValue(TOKEN) instanceof String token) {
        return token.strip();
      }
    } catch (DecodeException e) {
      // told below
    }
    throw BadRequestException.body("must be {\"token\": \"…\"}");
  }
}
