package io.engram.collector.http;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An example as a picture: unsigned bytes in the order height × width × channels, with these three
 * in the headers {@code Engram-Height}, {@code Engram-Width} and {@code Engram-Channels}. The run
 * is asked for it over the bus; what it answered lately is kept, up to 16 MiB, and can be seen
 * after the run has gone.
 */
final class PixelsHandler implements Handler<RoutingContext> {
  private static final long CAPACITY = 16L << 20;
  private static final int LARGEST = 1 << 20;

  private final Function<RoutingContext, RunAggregate> runs;
  private final PixelSource source;
  private final PixelCache cache = new PixelCache(CAPACITY);

  /**
   * @param runs finds the run that a request names
   */
  PixelsHandler(Function<RoutingContext, RunAggregate> runs, PixelSource source) {
    this.runs = runs;
    this.source = source;
  }

  @Override
  public void handle(RoutingContext request) {
    new Parameters(request.queryParams());
    RunAggregate run = runs.apply(request);
    int example = example(request.pathParam("id"));
    RunStarted header = run.snapshot().header();
    if (header == null) {
      throw BadRequestException.notFound(
          "the pictures of run '%s' have no known shape: its header was missed"
              .formatted(run.run()));
    }
    RunStarted.Dataset shape = header.dataset();
    PixelCache.Key key = new PixelCache.Key(run.run(), run.incarnation(), example);
    Buffer cached = cache.get(key);
    if (cached != null) {
      send(request, shape, cached);
      return;
    }
    source
        .pixels(run.run(), example)
        .onSuccess(pixels -> answer(request, shape, key, pixels))
        .onFailure(failure -> request.fail(explained(run.run(), example, failure)));
  }

  private void answer(
      RoutingContext request,
      RunStarted.Dataset shape,
      PixelCache.Key key,
      @Nullable Buffer pixels) {
    long expected = (long) shape.height() * shape.width() * shape.channels();
    if (pixels == null || pixels.length() != expected) {
      request.fail(
          BadRequestException.badGateway(
              "run '%s' answered %s bytes for example %d, where %d x %d x %d are expected"
                  .formatted(
                      key.run(),
                      pixels == null ? "no" : Integer.toString(pixels.length()),
                      key.example(),
                      shape.height(),
                      shape.width(),
                      shape.channels())));
      return;
    }
    if (pixels.length() <= LARGEST) {
      cache.put(key, pixels);
    }
    send(request, shape, pixels);
  }

  private static void send(RoutingContext request, RunStarted.Dataset shape, Buffer pixels) {
    HttpServerResponse response = request.response();
    response.putHeader("Engram-Height", Integer.toString(shape.height()));
    response.putHeader("Engram-Width", Integer.toString(shape.width()));
    response.putHeader("Engram-Channels", Integer.toString(shape.channels()));
    new Encoded("application/octet-stream", false, pixels).send(request.request());
  }

  private static int example(String id) {
    try {
      return Integer.parseInt(id);
    } catch (NumberFormatException e) {
      throw BadRequestException.notFound("example '" + id + "' is not the id of an example");
    }
  }

  private static Throwable explained(RunId run, int example, Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return failure;
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS ->
          BadRequestException.notFound(
              "run '%s' is not training any more, and its example %d was not looked at before"
                  .formatted(run, example));
      case TIMEOUT ->
          BadRequestException.timeout(
              "run '%s' did not answer in time for its example %d: ask again"
                  .formatted(run, example));
      case RECIPIENT_FAILURE ->
          reply.failureCode() == 404
              ? BadRequestException.notFound("run '%s' has no example %d".formatted(run, example))
              : BadRequestException.badGateway(
                  "run '%s' could not show its example %d: %s"
                      .formatted(run, example, reply.getMessage()));
      default -> reply;
    };
  }
}
