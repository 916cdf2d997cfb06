package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.Tools;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The example in {@code trainer/examples/pytorch} against a collector in a process of its own. */
@Timeout(600)
final class PyTorchExampleTest {
  private static final Path EXAMPLE = Path.of("examples", "pytorch").toAbsolutePath();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  @Test
  void onsetIsRaisedWithWrongLabelsAndWithoutThemItIsNot() throws Exception {
    Path python = pythonWithTorch();
    try (TrainerProcess collector = TrainerProcess.startCollector(folder)) {
      String url = "http://127.0.0.1:" + collector.port();
      List<String> outputs =
          runAll(
              List.of(python.toString(), "train.py", "noisy", "--flipped", "0.4", "--url", url),
              List.of(python.toString(), "train.py", "clean", "--url", url));

      assertThat(outputs.get(0))
          .startsWith("noisy: 440 steps, 0 events dropped, raised: ")
          .contains("onset");
      assertThat(outputs.get(1)).startsWith("clean: 440 steps, 0 events dropped, raised: warn");
      for (String name : List.of("noisy", "clean")) {
        JsonObject run = get(url + "/api/v1/runs/" + name).getJsonObject("run");
        assertThat(run.getString("state")).isEqualTo("completed");
        assertThat(run.getJsonObject("progress").getLong("steps")).isEqualTo(440);
        assertThat(run.getJsonObject("delivery").getLong("missed")).isZero();
        assertThat(run.getJsonObject("delivery").getLong("unexplained")).isZero();
        assertThat(run.getJsonObject("delivery").getLong("mismatched")).isZero();
        assertThat(onset(url, name).getString("level"))
            .isEqualTo(name.equals("noisy") ? "raised" : "quiet");
        assertThat(metrics(url))
            .contains(
                "engram_onset{channel=\"onset\",level=\"%s\",run=\"%s\"} 1.0"
                    .formatted(name.equals("noisy") ? "raised" : "quiet", name));
      }
      assertThat(onset(url, "noisy").getJsonObject("raisedAt").getInteger("epoch")).isLessThan(5);
    }
  }

  @Test
  void theClientLosesNothingUnlessItSaysSo() throws Exception {
    Path python = Tools.require("python3");
    Path script =
        Files.copy(
            Path.of(getClass().getResource("client_test.py").toURI()),
            folder.resolve("client_test.py"));
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), script.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("client.log").toFile())
            .directory(folder.toFile());
    builder.environment().put("ENGRAM_CLIENT", EXAMPLE.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();

    assertThat(end(process)).as(Files.readString(folder.resolve("client.log"))).isZero();
  }

  /** Debian's interpreter, where its PyTorch is, comes first. */
  private static Path pythonWithTorch() throws Exception {
    List<Path> tried = List.of(Path.of("/usr/bin/python3"), Tools.require("python3"));
    for (Path python : tried) {
      if (Files.isExecutable(python)
          && end(
                  new ProcessBuilder(python.toString(), "-c", "import torch")
                      .redirectErrorStream(true)
                      .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                      .start())
              == 0) {
        return python;
      }
    }
    String needed = "needs a python3 that has PyTorch, such as Debian's python3-torch";
    Assumptions.assumeTrue(Boolean.parseBoolean(System.getenv("CI")), needed);
    throw new AssertionError(needed);
  }

  @SafeVarargs
  private List<String> runAll(List<String>... commands) throws Exception {
    List<Process> processes = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    try {
      for (List<String> command : commands) {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(EXAMPLE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command.get(2) + ".log").toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("OMP_NUM_THREADS", "1");
        processes.add(builder.start());
      }
      for (int i = 0; i < commands.length; i++) {
        int code = end(processes.get(i));
        String output = Files.readString(folder.resolve(commands[i].get(2) + ".log"));
        assertThat(code).as(output).isZero();
        outputs.add(output);
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    return outputs;
  }

  private static int end(Process process) throws InterruptedException {
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return process.exitValue();
  }

  private static JsonObject onset(String url, String run) throws IOException, InterruptedException {
    JsonArray channels =
        get(url + "/api/v1/runs/" + run + "/onset").getJsonObject("onset").getJsonArray("channels");
    return channels.getJsonObject(1);
  }

  private static JsonObject get(String uri) throws IOException, InterruptedException {
    return new JsonObject(text(uri));
  }

  private static String metrics(String url) throws IOException, InterruptedException {
    return text(url + "/metrics");
  }

  private static String text(String uri) throws IOException, InterruptedException {
    return CLIENT
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
        .body();
  }
}
