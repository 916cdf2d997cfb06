package io.engram.events.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command line options that say who may reach a process. */
public final class AccessFlags {
  /** Environment variable with a token that opens all. */
  public static final String TOKEN = "ENGRAM_TOKEN";

  @Option(
      names = "--tls-cert",
      paramLabel = "PEM",
      description = "Certificate to serve HTTPS with, followed by those that vouch for it.")
  @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "PEM", description = "Its private key (PKCS #8).")
  @Nullable Path key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "PEM",
      description = "Clients must show a certificate that one of these vouches for.")
  @Nullable Path authority;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Hashes of tokens, a line each, of which clients must send one: Authorization: Bearer"
            + " TOKEN. 'engram-collector token' makes them. A token in the environment variable "
            + TOKEN
            + " opens as well."
      })
  @Nullable Path tokenFile;

  @Option(names = "--open-metrics", description = "Serve /metrics without a token.")
  boolean openMetrics;

  @Option(
      names = "--insecure",
      description =
          "Listen beyond this machine even without TLS and a token, and on the bus without"
              + " certificates; the page and engram_insecure say so.")
  boolean insecure;

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException if they contradict each other, or a file is not what it must
   *     be, naming it
   */
  public Access access() {
    return access(System.getenv());
  }

  Access access(Map<String, String> environment) {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("--tls-cert and --tls-key: give both, or neither");
    }
    if (certificate == null && authority != null) {
      throw new IllegalArgumentException("--tls-client-ca needs --tls-cert and --tls-key");
    }
    List<AccessToken> tokens = new ArrayList<>();
    if (tokenFile != null) {
      tokens.addAll(TokenFile.read(tokenFile));
    }
    String token = environment.get(TOKEN);
    if (token != null) {
      tokens.add(environmentToken(token));
    }
    return new Access(tls(), tokens, openMetrics, insecure);
  }

  private @Nullable TlsFiles tls() {
    if (certificate == null || key == null) {
      return null;
    }
    TlsFiles tls =
        new TlsFiles(
            certificate.toString(),
            key.toString(),
            authority == null ? null : authority.toString());
    tls.check();
    return tls;
  }

  private static AccessToken environmentToken(String token) {
    try {
      return AccessToken.of(token, Scope.ALL);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "environment variable " + TOKEN + ": " + e.getMessage(), e);
    }
  }
}
