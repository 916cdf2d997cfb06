package io.engram.collector.http;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.SeriesPoints;
import io.engram.events.RunId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;

/**
 * Series of several runs at once: thinned as JSON, which is what a chart draws, or in full as CSV.
 * A run that has no series of a name is left out where that name is concerned.
 */
final class SeriesApi {
  private static final int DEFAULT_POINTS = 400;
  private static final int MAX_POINTS = 10_000;
  private static final long MAX_ALL_POINTS = 2_000_000;

  private final Function<String, RunAggregate> runs;

  /**
   * @param runs gives a run by its name, or throws what answers that there is none
   */
  SeriesApi(Function<String, RunAggregate> runs) {
    this.runs = runs;
  }

  void json(RoutingContext request) {
    Parameters parameters = new Parameters(request.queryParams(), "run", "name", "points");
    List<RunAggregate> asked = runs(parameters);
    Set<String> names = names(parameters, asked);
    int points = (int) parameters.whole("points", DEFAULT_POINTS, 5, MAX_POINTS);
    if ((long) asked.size() * names.size() * points > MAX_ALL_POINTS) {
      throw BadRequestException.parameter(
          "points",
          "%d of %d series of %d runs are more than %,d in all: ask for less"
              .formatted(points, names.size(), asked.size(), MAX_ALL_POINTS));
    }
    List<RunSeries> answer = new ArrayList<>();
    for (RunAggregate run : asked) {
      answer.add(
          new RunSeries(run.run(), run.series(known(run, names), 0, Long.MAX_VALUE, points)));
    }
    RunsApi.answer(request, () -> new AllSeries(answer));
  }

  /** Answers run by run, the next one only when the client has taken the one before. */
  void csv(RoutingContext request) {
    Parameters parameters = new Parameters(request.queryParams(), "run", "name");
    List<RunAggregate> asked = runs(parameters);
    List<String> names = List.copyOf(names(parameters, asked));
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8");
    if (request.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response.setChunked(true);
    response
        .write(SeriesCsv.header(names))
        .compose(written -> write(request, new ArrayDeque<>(asked), names))
        .compose(written -> response.end())
        .onFailure(failure -> response.reset());
  }

  private static Future<Void> write(
      RoutingContext request, Queue<RunAggregate> left, List<String> names) {
    RunAggregate run = left.poll();
    if (run == null) {
      return Future.succeededFuture();
    }
    List<SeriesPoints> series = run.series(known(run, names), 0, Long.MAX_VALUE, Integer.MAX_VALUE);
    SeriesCsv rows = new SeriesCsv(run.run(), run.stepsPerEpoch(), names, series);
    return request
        .vertx()
        .executeBlocking(rows::encode, false)
        .compose(request.response()::write)
        .compose(written -> write(request, left, names));
  }

  private List<RunAggregate> runs(Parameters parameters) {
    Set<String> asked = new LinkedHashSet<>(parameters.all("run"));
    if (asked.isEmpty()) {
      throw BadRequestException.parameter("run", "is missing: name one or more runs");
    }
    return asked.stream().map(runs).toList();
  }

  private static Set<String> names(Parameters parameters, List<RunAggregate> asked) {
    Set<String> names = new LinkedHashSet<>(parameters.all("name"));
    Set<String> known = new LinkedHashSet<>();
    asked.forEach(run -> known.addAll(run.seriesNames()));
    if (names.isEmpty() || !known.containsAll(names)) {
      throw BadRequestException.unknownSeries(names, known);
    }
    return names;
  }

  private static List<String> known(RunAggregate run, Iterable<String> names) {
    Set<String> has = Set.copyOf(run.seriesNames());
    List<String> known = new ArrayList<>();
    names.forEach(
        name -> {
          if (has.contains(name)) {
            known.add(name);
          }
        });
    return known;
  }

  record AllSeries(List<RunSeries> runs) {}

  record RunSeries(RunId run, List<SeriesPoints> series) {}
}
