package io.engram.collector.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.engram.collector.aggregate.ClassMatrix;
import io.engram.collector.aggregate.CriticalSamplesSnapshot;
import io.engram.collector.aggregate.DataMapPoint;
import io.engram.collector.aggregate.ExampleOrder;
import io.engram.collector.aggregate.ExampleRow;
import io.engram.collector.aggregate.Gini;
import io.engram.collector.aggregate.LeftBranch;
import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.aggregate.Runs;
import io.engram.collector.aggregate.SValidationSnapshot;
import io.engram.collector.aggregate.SensitivitySnapshot;
import io.engram.collector.aggregate.SeriesPoints;
import io.engram.collector.watch.EvidenceSeries;
import io.engram.collector.watch.RunWatch;
import io.engram.collector.watch.WatchSnapshot;
import io.engram.collector.watch.Watches;
import io.engram.events.RunId;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs as JSON. What is asked for is copied out of the aggregates on the context that owns them,
 * bounded in size, and encoded on a worker.
 */
final class RunsApi {
  private static final int DEFAULT_POINTS = 1_000;
  private static final int MAX_POINTS = 10_000;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_MAP_POINTS = 2_000;
  private static final int MAX_MAP_POINTS = 10_000;

  private final Runs runs;
  private final Watches watches;

  RunsApi(Runs runs, Watches watches) {
    this.runs = runs;
    this.watches = watches;
  }

  void list(RoutingContext request) {
    parameters(request);
    var snapshots = runs.snapshot().runs();
    var decided = watches.snapshot();
    answer(
        request,
        () ->
            new RunList(
                snapshots.stream().map(run -> RunView.of(run, decided.get(run.run()))).toList()));
  }

  void show(RoutingContext request) {
    parameters(request);
    RunAggregate run = run(request);
    var snapshot = run.snapshot();
    var decided = watches.of(run).snapshot();
    List<String> names = List.copyOf(run.seriesNames());
    answer(request, () -> new RunDetail(RunView.of(snapshot, decided), names));
  }

  void series(RoutingContext request) {
    RunAggregate run = run(request);
    Parameters parameters = parameters(request, "name", "from", "to", "points");
    List<String> names = parameters.all("name").stream().distinct().toList();
    List<String> known = run.seriesNames();
    if (names.isEmpty() || !known.containsAll(names)) {
      throw BadRequestException.unknownSeries(names, known);
    }
    long from = parameters.whole("from", 0, 0, Long.MAX_VALUE);
    long to = parameters.whole("to", Long.MAX_VALUE, from, Long.MAX_VALUE);
    int points = (int) parameters.whole("points", DEFAULT_POINTS, 5, MAX_POINTS);
    List<SeriesPoints> series = run.series(names, from, to, points);
    answer(request, () -> new SeriesList(run.run(), series));
  }

  void examples(RoutingContext request) {
    RunAggregate run = run(request);
    Parameters parameters = parameters(request, "order", "limit");
    ExampleOrder order = order(parameters.one("order", ExampleOrder.HARDEST.label()));
    int limit = (int) parameters.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    List<ExampleRow> rows = run.examples(order, limit);
    answer(request, () -> new ExampleList(run.run(), order.label(), rows));
  }

  void dataMap(RoutingContext request) {
    RunAggregate run = run(request);
    int limit =
        (int) parameters(request, "points").whole("points", DEFAULT_MAP_POINTS, 1, MAX_MAP_POINTS);
    List<DataMapPoint> points = run.dataMap(limit);
    answer(request, () -> new MapPoints(run.run(), points));
  }

  /** What was done after a checkpoint and left when the run was resumed from it. */
  void branches(RoutingContext request) {
    parameters(request);
    RunAggregate run = run(request);
    List<LeftBranch> branches = run.leftBranches();
    answer(request, () -> new BranchList(run.run(), branches));
  }

  void sensitivity(RoutingContext request) {
    parameters(request);
    RunAggregate run = run(request);
    List<SensitivitySnapshot> kinds = run.snapshot().measurements().sensitivity();
    answer(
        request,
        () -> new SensitivityList(run.run(), kinds.stream().map(SensitivityDetail::of).toList()));
  }

  void criticalSamples(RoutingContext request) {
    parameters(request);
    RunAggregate run = run(request);
    List<CriticalSamplesSnapshot> searches = run.snapshot().measurements().criticalSamples();
    answer(
        request, () -> new SearchList(run.run(), searches.stream().map(SearchDetail::of).toList()));
  }

  void svalidation(RoutingContext request) {
    parameters(request);
    RunAggregate run = run(request);
    SValidationSnapshot scores = run.snapshot().measurements().svalidation();
    answer(request, () -> SValidationView.of(run.run(), scores));
  }

  void onset(RoutingContext request) {
    parameters(request);
    RunAggregate run = run(request);
    RunWatch watch = watches.of(run);
    WatchSnapshot decided = watch.snapshot();
    List<EvidenceSeries> evidence = watch.evidence();
    answer(request, () -> new OnsetDetail(run.run(), OnsetView.of(decided), evidence));
  }

  private static ExampleOrder order(String label) {
    try {
      return ExampleOrder.of(label);
    } catch (IllegalArgumentException e) {
      throw BadRequestException.parameter(
          "order",
          "'" + label + "' is unknown: use one of " + String.join(", ", ExampleOrder.labels()));
    }
  }

  RunAggregate run(RoutingContext request) {
    return run(request.pathParam("run"));
  }

  RunAggregate run(String name) {
    RunAggregate run = null;
    try {
      run = runs.find(new RunId(name));
    } catch (IllegalArgumentException e) {
      // No run can have that name.
    }
    if (run == null) {
      throw BadRequestException.notFound(
          "run '" + name + "' is not known: /api/v1/runs lists those that are");
    }
    return run;
  }

  private static Parameters parameters(RoutingContext request, String... known) {
    return new Parameters(request.queryParams(), known);
  }

  static void answer(RoutingContext request, Supplier<Object> content) {
    request
        .vertx()
        .executeBlocking(
            () -> Encoded.of(request.request(), "application/json", Json.encode(content.get())),
            false)
        .onSuccess(encoded -> encoded.send(request.request()))
        .onFailure(request::fail);
  }

  record BranchList(RunId run, List<LeftBranch> branches) {}

  record MapPoints(RunId run, List<DataMapPoint> points) {}

  record SensitivityList(RunId run, List<SensitivityDetail> sensitivity) {}

  /** The class matrix row by row; null for a class without examples. */
  record SensitivityDetail(
      String kind,
      long measurements,
      long step,
      long updates,
      Gini gini,
      int classes,
      double classDominance,
      double classHeterogeneity,
      double[] classMatrix) {
    static SensitivityDetail of(SensitivitySnapshot kind) {
      ClassMatrix matrix = kind.matrix();
      return new SensitivityDetail(
          kind.kind().label(),
          kind.measurements(),
          kind.step(),
          kind.updates(),
          kind.gini(),
          matrix.classes(),
          matrix.dominance(),
          matrix.heterogeneity(),
          matrix.values());
    }
  }

  record SearchList(RunId run, List<SearchDetail> criticalSamples) {}

  /** Element i of {@code foundBy}: how many were found within i + 1 iterations. */
  record SearchDetail(
      @JsonUnwrapped MeasurementsView.CriticalSamples search,
      long searchedTotal,
      long criticalTotal,
      int[] foundBy) {
    static SearchDetail of(CriticalSamplesSnapshot search) {
      return new SearchDetail(
          MeasurementsView.of(search),
          search.searchedTotal(),
          search.criticalTotal(),
          search.foundBy());
    }
  }

  record OnsetDetail(RunId run, OnsetView onset, List<EvidenceSeries> evidence) {}

  record RunList(List<RunView> runs) {}

  record RunDetail(RunView run, List<String> series) {}

  record SeriesList(RunId run, List<SeriesPoints> series) {}

  record ExampleList(RunId run, String order, List<ExampleRow> examples) {}
}
