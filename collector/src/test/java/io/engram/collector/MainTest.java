package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      String line = out.readLine();
      assertThat(line).startsWith("Engram collector at http://127.0.0.1:");
      URI page = URI.create(line.substring(line.indexOf("http")));

      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request = HttpRequest.newBuilder(page.resolve("/api/v1/runs/alpha")).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("\"steps\":3");

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
        "--port=many          | Invalid value for option '--port'",
        "--port=70000         | collector option port 70000: use 1 to 65535",
        "--run-retention=soon | 'soon' is not a time span: use a number and s, m, h or d"
      })
  void aBadOptionIsOneLineAndTwo(String option, String problem) throws Exception {
    Process process = start(option);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readAllLines(errors())).singleElement().asString().contains(problem);
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

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.engram.collector.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(dir.toFile())
        .redirectError(errors().toFile())
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private Path errors() {
    return dir.resolve("errors.txt");
  }
}
