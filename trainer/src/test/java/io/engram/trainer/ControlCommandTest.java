package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class ControlCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private HttpServer collector;
  private int status = 200;
  private String answer = "{\"run\": \"alpha\", \"state\": \"paused\"}";

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    collector.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Content-Type"),
                      new String(body, StandardCharsets.UTF_8)));
          byte[] said = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void quit() {
    collector.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "checkpoint", "stop"})
  void tellsTheRunAndSaysItsState(String command) {
    assertThat(execute(command, "alpha", "--collector", url() + "/")).isZero();
    assertThat(asked)
        .containsExactly(
            "POST /api/v1/runs/alpha/commands application/json {\"command\":\"%s\"}"
                .formatted(command));
    assertThat(out).hasToString("alpha is paused\n");
  }

  @Test
  void saysWhyNot() {
    status = 409;
    answer = "{\"error\": \"run 'alpha' has ended: it completed\"}";
    assertThat(execute("pause", "alpha", "--collector", url())).isEqualTo(1);
    assertThat(err).hasToString("engram: run 'alpha' has ended: it completed\n");
  }

  @Test
  void whatIsNoCollectorIsNamed() {
    answer = "<html>";
    assertThat(execute("pause", "alpha", "--collector", url())).isEqualTo(1);
    assertThat(err).hasToString("engram: what answers at %s is no collector\n".formatted(url()));
  }

  @Test
  void whereNobodyAnswersIsNamed() {
    collector.stop(0);
    assertThat(execute("stop", "alpha", "--collector", url())).isEqualTo(1);
    assertThat(err.toString()).startsWith("engram: no collector answers at " + url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Not A Label", "../alpha"})
  void whatNoRunCanBeCalledIsNotSent(String run) {
    assertThat(execute("pause", run, "--collector", url())).isEqualTo(Main.USAGE);
    assertThat(err.toString()).startsWith("engram: run id '" + run + "' is not a DNS label");
    assertThat(asked).isEmpty();
  }

  @Test
  void anAddressIsHttp() {
    assertThat(execute("pause", "alpha", "--collector", "nowhere")).isEqualTo(Main.USAGE);
    assertThat(err.toString()).startsWith("engram: ").hasLineCount(1);
  }

  private String url() {
    return "http://127.0.0.1:" + collector.getAddress().getPort();
  }

  private int execute(String... arguments) {
    CommandLine main = Main.commandLine();
    main.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return main.execute(arguments);
  }
}
