package io.engram.trainer;

import io.engram.events.RunCommand;
import io.engram.events.RunId;
import io.engram.events.access.AccessFlags;
import io.engram.events.access.Trust;
import io.engram.trainer.spec.InvalidSettingException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram pause}, {@code resume}, {@code checkpoint}, {@code stop}: tells a run by HTTP. */
@Command(mixinStandardHelpOptions = true)
final class ControlCommand implements Callable<Integer> {
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration ANSWERING = Duration.ofSeconds(30);

  private final RunCommand command;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Id of a run that trains now.")
  String run;

  @Option(
      names = "--collector",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9464",
      description = "Where its page is served (default: ${DEFAULT-VALUE}).")
  URI collector;

  @Option(
      names = "--collector-ca",
      paramLabel = "PEM",
      description =
          "Trust a collector at an https URL that one of these certificates vouches for. Its token"
              + " is taken from the environment variable ENGRAM_TOKEN.")
  @Nullable Path authority;

  private ControlCommand(RunCommand command) {
    this.command = command;
  }

  static CommandLine commandLine(RunCommand command) {
    CommandLine line = new CommandLine(new ControlCommand(command));
    line.getCommandSpec()
        .name(name(command))
        .usageMessage()
        .description(
            switch (command) {
              case PAUSE -> "Lets a run do no further step until it is resumed.";
              case RESUME -> "Lets a paused run go on.";
              case CHECKPOINT -> "Lets a run write a checkpoint between two steps.";
              case STOP -> "Lets a run write a checkpoint and end.";
            });
    return line;
  }

  private static String name(RunCommand command) {
    return command.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      HttpResponse<String> answer = client().send(request(), BodyHandlers.ofString());
      JsonObject said = new JsonObject(answer.body());
      if (answer.statusCode() == 200) {
        spec.commandLine().getOut().printf("%s is %s%n", run, said.getString("state"));
        return 0;
      }
      return complain(said.getString("error"));
    } catch (IOException e) {
      return complain("no collector answers at %s: %s".formatted(collector, e));
    } catch (DecodeException e) {
      return complain("what answers at %s is no collector".formatted(collector));
    }
  }

  private HttpClient client() {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECTING);
    try {
      return authority == null ? client.build() : client.sslContext(Trust.in(authority)).build();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    }
  }

  private HttpRequest request() {
    try {
      String base = collector.toString().replaceAll("/+$", "");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + "/api/v1/runs/" + new RunId(run) + "/commands"))
              .timeout(ANSWERING)
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(new JsonObject().put("command", name(command)).encode()));
      String token = System.getenv(AccessFlags.TOKEN);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException("", String.valueOf(e.getMessage()));
    }
  }

  private int complain(String problem) {
    spec.commandLine().getErr().println("engram: " + problem);
    return 1;
  }
}
