package io.engram.collector.http;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.RunState;
import io.engram.events.RunCommand;
import io.engram.events.RunId;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes {@code {"command": "pause"}} for a run, hands it over, and answers with the run's state
 * once it is carried out: {@code {"run": "alpha", "state": "paused"}}. 404 where the run is not
 * known, 409 where it has ended, 415 where the body is no JSON, 504 where the run does not answer.
 */
final class CommandsHandler implements Handler<RoutingContext> {
  /** The most that a body may take, in bytes. */
  static final long LONGEST_BODY = 1024;

  private static final String COMMANDS =
      Arrays.stream(RunCommand.values())
          .map(command -> command.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));

  private final Function<RoutingContext, RunAggregate> runs;
  private final CommandLink link;

  /**
   * @param runs finds the run that a request names
   */
  CommandsHandler(Function<RoutingContext, RunAggregate> runs, CommandLink link) {
    this.runs = runs;
    this.link = link;
  }

  /** Refuses what is not said to be JSON: no form of a page can send that. */
  static void demandJson(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", -1)[0].strip().equalsIgnoreCase("application/json")) {
      request.fail(
          BadRequestException.unsupported(
              "the body must be JSON, with Content-Type: application/json"));
      return;
    }
    request.next();
  }

  @Override
  public void handle(RoutingContext request) {
    new Parameters(request.queryParams());
    RunAggregate run = runs.apply(request);
    RunId id = run.run();
    RunCommand command = command(request.body().buffer());
    RunState state = run.snapshot().state();
    if (state.isFinal()) {
      throw BadRequestException.conflict("run '%s' has ended: it %s".formatted(id, ended(state)));
    }
    link.command(id, command)
        .onSuccess(answer -> answer(request, id, answer))
        .onFailure(failure -> request.fail(explained(id, command, failure)));
  }

  private static String ended(RunState state) {
    return state == RunState.STOPPED ? "was stopped" : state.label();
  }

  private static void answer(RoutingContext request, RunId run, String state) {
    Buffer body = Json.encode(Map.of("run", run.value(), "state", state.toLowerCase(Locale.ROOT)));
    new Encoded("application/json", false, body).send(request.request());
  }

  private static RunCommand command(Buffer body) {
    JsonObject json;
    try {
      json = new JsonObject(body == null ? Buffer.buffer() : body);
    } catch (DecodeException e) {
      throw BadRequestException.body("is not a JSON object: send {\"command\": \"pause\"}");
    }
    if (!json.fieldNames().equals(Set.of("command"))) {
      throw BadRequestException.body("must have the one field command, one of " + COMMANDS);
    }
    for (RunCommand command : RunCommand.values()) {
      if (command.name().toLowerCase(Locale.ROOT).equals(json.getValue("command"))) {
        return command;
      }
    }
    throw BadRequestException.body("names no known command: use one of " + COMMANDS);
  }

  private static Throwable explained(RunId run, RunCommand command, Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return failure;
    }
    String name = command.name().toLowerCase(Locale.ROOT);
    if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
      return BadRequestException.timeout(
          "run '%s' is not there: its trainer has gone or lost its connection".formatted(run));
    }
    if (reply.failureType() == ReplyFailure.TIMEOUT) {
      return BadRequestException.timeout(
          "run '%s' did not answer in time: it may still %s, between its next two steps"
              .formatted(run, name));
    }
    if (reply.failureCode() == 409) {
      return BadRequestException.conflict(String.valueOf(reply.getMessage()));
    }
    return BadRequestException.badGateway(
        "run '%s' could not %s: %s".formatted(run, name, reply.getMessage()));
  }
}
