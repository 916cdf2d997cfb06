package io.engram.collector.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may command runs, and tell of alerts: every program that reaches the port, and of the pages
 * in a browser only the collector's own. Another page is known by {@code Sec-Fetch-Site} and {@code
 * Origin}, which no script can set; a page whose name was made to point to this machine, by a name
 * where the collector listens on loopback only. Authority beyond that is to be asked for here.
 */
final class CommandGate implements SecurityPolicyHandler {
  private static final Set<String> OWN = Set.of("same-origin", "none");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final boolean loopback;
  private final String what;

  /**
   * @param host where the collector listens
   * @param what is taken behind it
   */
  CommandGate(String host, String what) {
    this.loopback = isLoopback(host);
    this.what = what;
  }

  @Override
  public void handle(RoutingContext request) {
    HttpServerRequest asked = request.request();
    String origin = asked.getHeader(HttpHeaders.ORIGIN);
    String site = asked.getHeader("Sec-Fetch-Site");
    boolean fromPage = origin != null || site != null;
    HostAndPort here = asked.authority();
    if ((site != null && !OWN.contains(site.toLowerCase(Locale.ROOT)))
        || (origin != null && !isSame(origin, here))
        || (fromPage && loopback && (here == null || !isLoopback(here.host())))) {
      request.fail(
          BadRequestException.forbidden(
              what
                  + " are taken from the collector's own page and from programs, not from the pages"
                  + " of other sites"));
      return;
    }
    request.next();
  }

  private static boolean isSame(String origin, @Nullable HostAndPort here) {
    if (here == null) {
      return false;
    }
    try {
      String theirs = URI.create(origin).getRawAuthority();
      return theirs != null && theirs.equalsIgnoreCase(here.toString());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
