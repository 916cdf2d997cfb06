package io.engram.events.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.access.CertificateAuthority;
import io.engram.events.access.TlsFiles;
import io.engram.events.access.Trust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members with certificates, and strangers. */
@Timeout(240)
final class SecureClusterTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String ADDRESS = "secret";
  private static final int LARGE = 1 << 20;

  @TempDir static Path dir;
  @TempDir static Path other;

  private final List<Vertx> open = Collections.synchronizedList(new ArrayList<>());
  private final int busPort = freePort();
  private final List<Integer> ports = List.of(freePort(), freePort(), freePort(), freePort());

  @BeforeAll
  static void issue() throws Exception {
    for (Path authority : List.of(dir, other)) {
      CertificateAuthority.in(authority).issue("member", List.of(LOOPBACK), 2);
    }
  }

  @AfterEach
  void close() {
    Future.join(open.stream().map(Vertx::close).toList()).await();
  }

  @Test
  void membersHearEachOtherAndStrangersNeitherJoinNorAreHeard() throws Exception {
    Vertx first = join(0, busPort, tls(dir)).await();
    first.eventBus().<String>consumer(ADDRESS, message -> message.reply(message.body().length()));
    Vertx second = join(1, 0, tls(dir)).await();

    assertThat(members(second)).isEqualTo(2);
    assertThat(ask(second, "x".repeat(LARGE)).await()).isEqualTo(LARGE);

    assertThatThrownBy(() -> second.eventBus().request(ADDRESS, new BitSet()))
        .as("a serialized object")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No message codec");
    assertStrangersAreCutOff(ports.get(0), "HZC");
    assertStrangersAreCutOff(busPort, "\0\0\0\5hello");
    List<Vertx> strangers =
        Future.all(join(2, 0, null), join(3, 0, tls(other))).await().<Vertx>list();
    for (Vertx stranger : strangers) {
      assertThat(members(stranger)).as("a cluster of its own").isEqualTo(1);
      assertThatThrownBy(() -> ask(stranger, "x").await()).hasMessageContaining("No handlers");
    }
    assertThat(members(first)).isEqualTo(2);
    assertThat(ask(second, "still").await()).isEqualTo(5);
  }

  /** Those who do not speak TLS, show no certificate, or one of another authority. */
  private static void assertStrangersAreCutOff(int port, String words) throws Exception {
    assertCutOff(new Socket(LOOPBACK, port), words);
    SSLContext trusting = Trust.in(dir.resolve("ca.pem"));
    assertCutOff(trusting.getSocketFactory().createSocket(LOOPBACK, port), words);
    TlsFiles foreign =
        new TlsFiles(tls(other).certificate(), tls(other).key(), dir.resolve("ca.pem").toString());
    assertCutOff(Trust.between(foreign).getSocketFactory().createSocket(LOOPBACK, port), words);
  }

  private static void assertCutOff(Socket socket, String words) throws IOException {
    try (socket) {
      socket.setSoTimeout(60_000);
      try {
        socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(answer)
            .as("an answer but TLS's own")
            .satisfiesAnyOf(
                said -> assertThat(said).isEmpty(), said -> assertThat(said).startsWith("\25\3"));
      } catch (SocketTimeoutException e) {
        throw new AssertionError("still connected", e);
      } catch (IOException e) {
        // cut off
      }
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    String key = dir.resolve("member-key.pem").toString();
    String certificate = dir.resolve("member.pem").toString();
    String none = Files.writeString(dir.resolve("empty.pem"), "nothing\n").toString();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.between(new TlsFiles(certificate, none, certificate)))
        .withMessageContaining("empty.pem holds no private key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.between(new TlsFiles(none, key, certificate)))
        .withMessageContaining("empty.pem");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options(0, 0, new TlsFiles(certificate, key, null)))
        .withMessageContaining("--bus-ca");
  }

  private Future<Vertx> join(int member, int bus, TlsFiles tls) {
    return Cluster.join(new VertxOptions(), options(member, bus, tls)).onSuccess(open::add);
  }

  private ClusterOptions options(int member, int bus, TlsFiles tls) {
    List<String> hosts = ports.stream().map(port -> LOOPBACK + ":" + port).toList();
    return new ClusterOptions(LOOPBACK, ports.get(member), bus, hosts, null, tls);
  }

  private static TlsFiles tls(Path authority) {
    return new TlsFiles(
        authority.resolve("member.pem").toString(),
        authority.resolve("member-key.pem").toString(),
        authority.resolve("ca.pem").toString());
  }

  private static Future<Integer> ask(Vertx vertx, String words) {
    return vertx
        .eventBus()
        .<Integer>request(ADDRESS, words, new DeliveryOptions().setSendTimeout(60_000))
        .map(answer -> answer.body());
  }

  private static int members(Vertx vertx) {
    return ((VertxInternal) vertx).clusterManager().getNodes().size();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
