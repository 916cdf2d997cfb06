package io.engram.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.engram.events.access.Trust;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process of its own. */
@ExtendWith(VertxExtension.class)
final class MainTest {
  @TempDir Path dir;

  @Test
  void servesWhatWasTrainedBeforeUntilItIsStopped(Vertx vertx) throws Exception {
    JsonObject config = new JsonObject().put("stateDir", dir.resolve("collector").toString());
    TestCollector embedded = TestCollector.start(vertx, config);
    embedded.train(new SyntheticRun("alpha", 0, "dense0"), 3);
    embedded.stop();
    Process process = start("--port", "0", "--state-dir", dir.toString());
    try (BufferedReader out = output(process)) {
      URI page = page(out.readLine());
      assertThat(get(page.resolve("/api/v1/runs/alpha"))).contains("\"steps\":3");

      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
      assertThat(Files.readString(errors())).doesNotContain("Exception");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aTakenPortIsOneLine(Vertx vertx) throws Exception {
    int port = TestCollector.start(vertx).port();

    Process process =
        start("--port", Integer.toString(port), "--state-dir", dir.resolve("state").toString());

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(errors()))
        .singleElement()
        .asString()
        .startsWith("engram-collector: cannot listen on 127.0.0.1 port " + port + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot=1             | Unknown option: '--prot=1'",
        "--bus=everywhere     | Invalid value for option '--bus'",
        "--shard=b            | --shard is an option of --bus clustered: give that, too",
        "--shard=B            | shard 'B' is not a DNS label: use 1 to 63 of a-z, 0-9",
        "--bus-port=7         | --cluster-… and --bus-… are options of --bus clustered: give",
        "--port=many          | Invalid value for option '--port'",
        "--port=70000         | collector option port 70000: use 1 to 65535",
        "--host=0.0.0.0       | host: listening on 0.0.0.0, beyond this machine, needs TLS",
        "--tls-cert=a.pem     | --tls-cert and --tls-key: give both, or neither",
        "--token-file=none    | token file none cannot be read",
        "--run-retention=soon | 'soon' is not a time span: use a number and s, m, h or d"
      })
  void aBadOptionIsOneLineAndTwo(String option, String problem) throws Exception {
    Process process = start(option);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readAllLines(errors())).singleElement().asString().contains(problem);
  }

  /**
   * That it is refused is how one process shows that it has found the other, and is heard by it.
   * One port for all needs a second address.
   */
  @ParameterizedTest
  @CsvSource({
    "--cluster-service=engram-bus.test, --insecure",
    "--cluster-hosts=one.engram.test:%1$d;two.engram.test:%1$d, --bus-ca=ca.pem"
  })
  void membersFindEachOtherByNameAndASecondOfAShardIsRefused(String discovery, String trust)
      throws Exception {
    String other = addressBesideLoopback();
    run("certificates", dir.toString());
    Path hosts = dir.resolve("hosts");
    Files.writeString(
        hosts,
        """
        127.0.0.1 engram-bus.test
        %s engram-bus.test
        127.0.0.1 one.engram.test
        %s two.engram.test
        127.0.0.1 localhost %s
        """
            .formatted(other, other, InetAddress.getLocalHost().getHostName()));
    String resolver = "-Djdk.net.hosts.file=" + hosts;
    int port = freePort();
    int busPort = freePort();
    Process first = start(List.of(resolver), member(discovery, trust, "127.0.0.1", port, busPort));
    try (BufferedReader out = output(first)) {
      assertThat(out.readLine()).startsWith("Engram collector at ");

      // One that finds nobody within some seconds, on a loaded machine, begins a cluster of its
      // own.
      Process second = first;
      for (int i = 0; i < 3 && (second == first || second.exitValue() != 1); i++) {
        second = start(List.of(resolver), member(discovery, trust, other, port, busPort));
        if (!second.waitFor(60, TimeUnit.SECONDS)) {
          second.destroyForcibly().waitFor();
        }
      }
      assertThat(second.exitValue()).isEqualTo(1);
      assertThat(Files.readString(errors()))
          .contains("engram-collector: the cluster has a collector of shard 'default': end it");
      new Socket("127.0.0.1", busPort).close();
    } finally {
      first.destroyForcibly();
    }
  }

  private String[] member(String discovery, String trust, String address, int port, int busPort) {
    List<String> options = new ArrayList<>();
    options.add("--bus=clustered");
    options.add(discovery.formatted(port).replace(';', ','));
    options.add(trust);
    if (trust.startsWith("--bus-ca")) {
      options.addAll(List.of("--bus-tls-cert=engram.pem", "--bus-tls-key=engram-key.pem"));
    }
    options.add("--cluster-address=" + address);
    options.add("--cluster-port=" + port);
    options.add("--bus-port=" + busPort);
    options.add("--port=0");
    options.add("--state-dir=" + dir.resolve(address));
    return options.toArray(String[]::new);
  }

  @Test
  void aBusBeyondThisMachineNeedsCertificates() throws Exception {
    Process process = start("--bus=clustered", "--cluster-address=192.0.2.1");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readAllLines(errors()))
        .singleElement()
        .asString()
        .contains("a bus at 192.0.2.1, beyond this machine, needs certificates");
  }

  /** Once with certificates, once without. */
  @ParameterizedTest
  @CsvSource({"--insecure, 1.0, true", "--bus-ca=ca.pem, 0.0, false"})
  void aBusBeyondThisMachineWithoutCertificatesIsShown(
      String trust, String metric, boolean insecure) throws Exception {
    run("certificates", dir.toString());
    String address = addressBesideLoopback();
    String discovery = "--cluster-hosts=" + address + ":%d";

    Process process = start(member(discovery, trust, address, freePort(), freePort()));

    try (BufferedReader out = output(process)) {
      URI page = page(out.readLine());
      assertThat(get(page.resolve("/metrics"))).contains("engram_insecure " + metric + "\n");
      assertThat(new JsonObject(get(page.resolve("/api/v1/session"))).getBoolean("insecure"))
          .isEqualTo(insecure);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String addressBesideLoopback() throws IOException {
    Optional<String> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst();
    assumeThat(found).as("an IPv4 address beside the loopback").isPresent();
    return found.orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void helpHasExamples() throws Exception {
    Process process = start("--help");

    try (BufferedReader out = output(process)) {
      assertThat(out.lines())
          .contains("Examples:")
          .anyMatch(line -> line.contains("engram-collector --run-retention 7d"));
    }
    assertThat(process.waitFor()).isZero();
  }

  /** As a team opens it, by its own commands. */
  @Test
  void beyondThisMachineItSpeaksTlsToThoseWithAToken() throws Exception {
    Path keys = dir.resolve("keys");
    run("certificates", keys.toString(), "--host", "localhost,127.0.0.1");
    String token = run("token", "--scope", "read", "--file", keys.resolve("tokens").toString());
    Process process =
        start(
            "--host=0.0.0.0",
            "--port=0",
            "--state-dir=" + dir.resolve("state"),
            "--tls-cert=" + keys.resolve("engram.pem"),
            "--tls-key=" + keys.resolve("engram-key.pem"),
            "--token-file=" + keys.resolve("tokens"));
    try (BufferedReader out = output(process)) {
      String line = out.readLine();
      assertThat(line).startsWith("Engram collector at https://0.0.0.0:");
      int port = URI.create(line.substring(line.indexOf("https"))).getPort();
      HttpClient client =
          HttpClient.newBuilder().sslContext(Trust.in(keys.resolve("ca.pem"))).build();

      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(each.getInetAddresses())) {
          if (address instanceof Inet4Address) {
            assertThat(plain(address, port)).as("plain HTTP at %s", address).doesNotContain("200");
          }
        }
      }
      URI runs = URI.create("https://localhost:%d/api/v1/runs".formatted(port));
      HttpRequest.Builder request = HttpRequest.newBuilder(runs);
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      request.header("Authorization", "Bearer " + token);
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a server says to a request that is not encrypted. */
  private static String plain(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET /api/v1/runs HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return "cut off";
    }
  }

  /** The only line, or the last, that a command says. */
  private static URI page(String line) {
    assertThat(line).startsWith("Engram collector at http://127.0.0.1:");
    return URI.create(line.substring(line.indexOf("http")));
  }

  private static String get(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private String run(String... arguments) throws Exception {
    Process process = start(arguments);
    try (BufferedReader out = output(process)) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).as(Files.readString(errors())).isZero();
      return lines.get(lines.size() - 1);
    }
  }

  private Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  private Process start(List<String> jvm, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.engram.collector.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(dir.toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private Path errors() {
    return dir.resolve("errors.txt");
  }
}
