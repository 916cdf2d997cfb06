package io.engram.events.access;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach what a process serves over HTTP. On the loopback interface everybody of the machine
 * may, unless tokens are asked for; beyond it a listener needs TLS and a token, or somebody who
 * said that it does not.
 *
 * @param tls null serves without encryption
 * @param tokens one of them is asked for; empty asks for none
 * @param openMetrics whether /metrics is served without a token
 * @param insecure whether to listen beyond loopback without TLS or token all the same
 */
public record Access(
    @Nullable TlsFiles tls, List<AccessToken> tokens, boolean openMetrics, boolean insecure) {
  /** For the loopback interface: no encryption, no login. */
  public static final Access OPEN = new Access(null, List.of(), false, false);

  private static final String CERTIFICATE = "certificate";
  private static final String KEY = "key";
  private static final String AUTHORITY = "authority";
  private static final String TOKENS = "tokens";
  private static final String OPEN_METRICS = "openMetrics";
  private static final String INSECURE = "insecure";
  private static final Set<String> KEYS =
      Set.of(CERTIFICATE, KEY, AUTHORITY, TOKENS, OPEN_METRICS, INSECURE);

  private static final int IDLE_SECONDS = 60;
  private static final int LONGEST_LINE = 8 << 10;
  private static final int LONGEST_HEADERS = 16 << 10;

  public Access {
    tokens = List.copyOf(tokens);
  }

  /**
   * Says whether a process may listen there.
   *
   * @throws IllegalArgumentException if it would be reached from beyond this machine without TLS
   *     and token
   */
  public void check(String host) {
    if (!isLoopback(host) && !insecure && (tls == null || tokens.isEmpty())) {
      throw new IllegalArgumentException(
          ("listening on %s, beyond this machine, needs %s: 'engram-collector certificates' and"
                  + " 'engram-collector token' make them; --insecure listens without")
              .formatted(
                  host,
                  tls != null
                      ? "a token (--token-file)"
                      : tokens.isEmpty()
                          ? "TLS (--tls-cert, --tls-key) and a token (--token-file)"
                          : "TLS (--tls-cert, --tls-key)"));
    }
  }

  /** Whether something is served beyond this machine that is not encrypted or asks for no login. */
  public boolean isExposed(String host) {
    return !isLoopback(host) && (tls == null || tokens.isEmpty());
  }

  /**
   * What a token opens.
   *
   * @return null if it is none of these; found in the same time whatever it is
   */
  public @Nullable Scope scopeOf(String token) {
    byte[] digest = AccessToken.sha256(token);
    Scope found = null;
    for (AccessToken known : tokens) {
      if (known.matches(digest) && found != Scope.ALL) {
        found = known.scope();
      }
    }
    return found;
  }

  /**
   * How such a server listens: with TLS where there is, and bounds on what a client may take.
   *
   * @throws IllegalArgumentException if a TLS file cannot be read, naming it
   */
  public HttpServerOptions serverOptions() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    if (tls != null) {
      tls.check();
      options
          .setSsl(true)
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
          .setKeyCertOptions(
              new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()));
      if (tls.authority() != null) {
        options
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority()));
      }
    }
    return options;
  }

  /** Under which it is reached: http or https. */
  public String scheme() {
    return tls == null ? "http" : "https";
  }

  /**
   * Reads what {@link #toJson} writes.
   *
   * @throws IllegalArgumentException naming the key, if one is unknown or its value impossible
   */
  public static Access fromJson(JsonObject json) {
    Set<String> unknown = new TreeSet<>(json.fieldNames());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "access option %s is unknown: use %s"
              .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(KEYS))));
    }
    try {
      String certificate = json.getString(CERTIFICATE);
      String key = json.getString(KEY);
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException(
            "access options certificate and key: give both, or neither");
      }
      if (certificate == null && json.getString(AUTHORITY) != null) {
        throw new IllegalArgumentException("access option authority needs certificate and key");
      }
      List<AccessToken> tokens = new ArrayList<>();
      for (Object token : json.getJsonArray(TOKENS, new JsonArray())) {
        tokens.add(AccessToken.parse(String.valueOf(token)));
      }
      return new Access(
          certificate == null || key == null
              ? null
              : new TlsFiles(certificate, key, json.getString(AUTHORITY)),
          tokens,
          json.getBoolean(OPEN_METRICS, false),
          json.getBoolean(INSECURE, false));
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "access options: certificate, key and authority are texts, tokens a list of texts,"
              + " openMetrics and insecure true or false",
          e);
    }
  }

  /** The form in which a verticle takes it; holds hashes of tokens, not tokens. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put(TOKENS, new JsonArray(tokens.stream().map(AccessToken::toString).toList()))
            .put(OPEN_METRICS, openMetrics)
            .put(INSECURE, insecure);
    if (tls != null) {
      json.put(CERTIFICATE, tls.certificate()).put(KEY, tls.key());
      if (tls.authority() != null) {
        json.put(AUTHORITY, tls.authority());
      }
    }
    return json;
  }

  /** Whether only this machine reaches a listener there; a name that means nothing is not. */
  public static boolean isLoopback(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return !bare.isBlank() && InetAddress.getByName(bare).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
