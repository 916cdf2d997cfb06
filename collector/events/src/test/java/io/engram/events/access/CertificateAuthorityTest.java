package io.engram.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates as they are used: a server, and clients that it does or does not let in. */
final class CertificateAuthorityTest {
  @TempDir static Path dir;
  @TempDir static Path other;

  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void issue() throws Exception {
    CertificateAuthority.in(dir).issue("server", List.of("localhost", "127.0.0.1", "::1"), 30);
    CertificateAuthority.in(dir).issue("client", List.of("client.example"), 30);
    CertificateAuthority.in(other).issue("client", List.of("client.example"), 30);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whoTrustsTheAuthorityTrustsTheServer() {
    int port = serve(null);

    assertThat(get(port, trusting(dir))).isEqualTo("secret");
    assertThatThrownBy(() -> get(port, trusting(other)));
    assertThatThrownBy(() -> get(port, new HttpClientOptions().setSsl(false)));
  }

  @Test
  void aServerThatAsksForCertificatesLetsInThoseOfItsAuthority() {
    int port = serve(dir.resolve("ca.pem").toString());

    assertThat(get(port, trusting(dir).setKeyCertOptions(pem(dir)))).isEqualTo("secret");
    assertThatThrownBy(() -> get(port, trusting(dir)));
    assertThatThrownBy(() -> get(port, trusting(dir).setKeyCertOptions(pem(other))));
  }

  @Test
  void keysAreReadByTheirOwnerOnly() throws Exception {
    for (String file : List.of("server-key.pem", "ca.p12", "ca.password")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(dir.resolve("ca.pem")))
        .startsWith("-----BEGIN CERTIFICATE-----")
        .doesNotContain("PRIVATE");
  }

  @Test
  void namesThatWouldBePathsOrTheAuthoritysAreRefused() throws Exception {
    CertificateAuthority authority = CertificateAuthority.in(dir);
    for (String name : List.of("", "../a", "a b", "ca", "authority")) {
      assertThatThrownBy(() -> authority.issue(name, List.of("localhost"), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("use letters, digits and hyphens");
    }
    assertThatThrownBy(() -> authority.issue("a", List.of(), 1))
        .hasMessageContaining("at least one host");
  }

  private int serve(String authority) {
    TlsFiles tls =
        new TlsFiles(
            dir.resolve("server.pem").toString(),
            dir.resolve("server-key.pem").toString(),
            authority);
    return vertx
        .createHttpServer(new Access(tls, List.of(), false, false).serverOptions())
        .requestHandler(request -> request.response().end("secret"))
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  private static HttpClientOptions trusting(Path authority) {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(authority.resolve("ca.pem").toString()));
  }

  private static PemKeyCertOptions pem(Path authority) {
    return new PemKeyCertOptions()
        .setCertPath(authority.resolve("client.pem").toString())
        .setKeyPath(authority.resolve("client-key.pem").toString());
  }

  private String get(int port, HttpClientOptions options) {
    HttpClient client = vertx.createHttpClient(options);
    try {
      return client
          .request(HttpMethod.GET, port, "localhost", "/")
          .compose(request -> request.send())
          .compose(response -> response.body())
          .await()
          .toString();
    } finally {
      client.close().await();
    }
  }
}
