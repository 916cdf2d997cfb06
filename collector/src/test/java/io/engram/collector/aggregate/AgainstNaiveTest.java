package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.LabelGroup;
import io.engram.events.RunId;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import io.engram.events.StepCompleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every aggregator against {@link NaiveRun}, on runs that lost, doubled and mixed up events. */
class AgainstNaiveTest {
  @Provide
  Arbitrary<List<EventEnvelope>> delivered() {
    return RandomRuns.delivered().filter(events -> !events.isEmpty());
  }

  private static RunAggregate aggregate(List<EventEnvelope> delivered) {
    Runs runs = new Runs(() -> Instant.EPOCH);
    delivered.forEach(runs::apply);
    return Objects.requireNonNull(runs.find(new RunId("random-run")));
  }

  @Property
  void delivery(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    assertThat(run.snapshot().delivery())
        .isEqualTo(
            new DeliverySnapshot(
                naive.received,
                naive.missed,
                naive.duplicate,
                naive.superseded,
                naive.mismatched,
                0,
                0,
                run.snapshot().delivery().unexplained(),
                naive.spool(),
                naive.emitted(),
                naive.dropped()));
    assertThat(run.incarnation()).isEqualTo(naive.incarnation);
  }

  @Property
  void progress(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    ProgressSnapshot progress = run.snapshot().progress();
    assertThat(progress.steps()).isEqualTo(naive.steps());
    assertThat(progress.examples()).isEqualTo(naive.presented());
    assertThat(progress.correct()).isEqualTo(naive.correct());
    assertHistogram(
        progress.stepSeconds(),
        naive.events(StepCompleted.class).stream().map(StepCompleted::durationSeconds).toList());
    List<EventEnvelope> steps =
        naive.envelopes(StepCompleted.class).stream()
            .filter(envelope -> ((StepCompleted) envelope.event()).examples() > 0)
            .toList();
    assertSeries(
        run,
        SeriesNames.STEP_LOSS,
        points(steps, StepCompleted.class, step -> step.lossSum() / step.examples()));
    assertSeries(
        run,
        SeriesNames.STEP_ACCURACY,
        points(steps, StepCompleted.class, step -> (double) step.correct() / step.examples()));
    assertSeries(
        run,
        SeriesNames.LEARNING_RATE,
        points(steps, StepCompleted.class, StepCompleted::learningRate));
  }

  @Property
  void evaluations(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    Map<String, EventEnvelope> latest = naive.latestEvaluations();
    List<SplitSnapshot> splits = run.snapshot().splits();
    assertThat(splits)
        .extracting(split -> split.split().label())
        .containsExactlyElementsOf(latest.keySet());
    for (SplitSnapshot split : splits) {
      EventEnvelope event = Objects.requireNonNull(latest.get(split.split().label()));
      List<Evaluation> expected = evaluations((EpochCompleted) event.event(), split.split());
      assertThat(split.groups()).isEqualTo(expected);
      assertNumber(split.loss(), loss(expected));
      assertNumber(split.accuracy(), accuracy(expected));
      assertThat(split.step()).isEqualTo(event.step());
    }
    List<EventEnvelope> epochs = naive.envelopes(EpochCompleted.class);
    assertSeries(
        run,
        SeriesNames.loss(Split.TRAIN),
        points(epochs, EpochCompleted.class, epoch -> loss(evaluations(epoch, Split.TRAIN))));
    assertSeries(
        run,
        SeriesNames.accuracy(Split.TRAIN),
        points(epochs, EpochCompleted.class, epoch -> accuracy(evaluations(epoch, Split.TRAIN))));
    List<EventEnvelope> withFlipped =
        epochs.stream()
            .filter(e -> evaluations((EpochCompleted) e.event(), Split.TRAIN).size() == 2)
            .toList();
    for (LabelGroup labels : LabelGroup.values()) {
      int g = labels.ordinal();
      assertSeries(
          run,
          SeriesNames.loss(Split.TRAIN, labels),
          points(
              withFlipped,
              EpochCompleted.class,
              epoch -> loss(evaluations(epoch, Split.TRAIN).subList(g, g + 1))));
      assertSeries(
          run,
          SeriesNames.accuracy(Split.TRAIN, labels),
          points(
              withFlipped,
              EpochCompleted.class,
              epoch -> accuracy(evaluations(epoch, Split.TRAIN).subList(g, g + 1))));
      assertThat(run.seriesNames()).doesNotContain(SeriesNames.loss(Split.VALIDATION, labels));
    }
  }

  private static double loss(List<Evaluation> evaluations) {
    return evaluations.stream().map(Evaluation::lossSum).reduce(0.0, Double::sum)
        / evaluations.stream().mapToLong(Evaluation::examples).sum();
  }

  private static double accuracy(List<Evaluation> evaluations) {
    return (double) evaluations.stream().mapToLong(Evaluation::correct).sum()
        / evaluations.stream().mapToLong(Evaluation::examples).sum();
  }

  private static List<Evaluation> evaluations(EpochCompleted epoch, Split split) {
    return epoch.evaluations().stream().filter(e -> e.split() == split).toList();
  }

  @Property
  void gradients(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    List<LayerSnapshot> layers = run.snapshot().gradients().layers();
    List<GradientNormsMeasured> events = naive.events(GradientNormsMeasured.class);
    assertThat(layers).extracting(LayerSnapshot::layer).isEqualTo(naive.layers());
    for (int l = 0; l < layers.size(); l++) {
      int layer = l;
      assertHistogram(
          layers.get(l).gradientNorms(),
          events.stream().map(event -> event.gradient()[layer]).toList());
      if (!events.isEmpty()) {
        GradientNormsMeasured last = events.get(events.size() - 1);
        assertNumber(layers.get(l).gradientNorm(), last.gradient()[l]);
        assertNumber(layers.get(l).updateRatio(), last.update()[l] / last.parameters()[l]);
      }
    }
    List<EventEnvelope> steps = naive.envelopes(GradientNormsMeasured.class);
    assertSeries(
        run, SeriesNames.GRADIENT_NORM, points(steps, GradientNormsMeasured.class, e -> norm(e)));
    for (int l = 0; l < layers.size(); l++) {
      int layer = l;
      assertSeries(
          run,
          SeriesNames.gradientNorm(layers.get(l).layer()),
          points(steps, GradientNormsMeasured.class, event -> event.gradient()[layer]));
      assertSeries(
          run,
          SeriesNames.updateRatio(layers.get(l).layer()),
          points(
              steps,
              GradientNormsMeasured.class,
              event -> event.update()[layer] / event.parameters()[layer]));
    }
    List<Double> exampleNorms = new ArrayList<>();
    for (ExamplesClassified event : naive.events(ExamplesClassified.class)) {
      for (float norm : event.gradientNorm()) {
        exampleNorms.add((double) norm);
      }
    }
    assertHistogram(run.snapshot().gradients().exampleGradientNorms(), exampleNorms);
  }

  private static double norm(GradientNormsMeasured event) {
    double squares = 0;
    for (double norm : event.gradient()) {
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }

  @Property
  void exampleCounts(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    ExamplesSnapshot examples = aggregate(delivered).snapshot().examples();
    assertThat(examples.described()).isEqualTo(naive.examples.size());
    assertThat(examples.observations()).isEqualTo(naive.observations);
    assertThat(examples.undescribed()).isEqualTo(naive.undescribed);
    assertThat(examples.mislabelled()).isEqualTo(naive.mislabelled);
    assertThat(examples.redescribed()).isEqualTo(naive.redescribed);
    assertThat(examples.impossible()).isEqualTo(naive.impossible);
    assertThat(examples.canaries()).isEqualTo(naive.canaries);
    assertThat(examples.groups())
        .extracting(ExampleGroupSnapshot::labels)
        .containsExactly(LabelGroup.CLEAN, LabelGroup.FLIPPED);
    for (ExampleGroupSnapshot group : examples.groups()) {
      List<NaiveRun.Example> members = naive.group(group.labels() == LabelGroup.FLIPPED);
      List<NaiveRun.Example> presented =
          members.stream().filter(e -> !e.presentations.isEmpty()).toList();
      List<NaiveRun.Example> everLearned =
          members.stream().filter(e -> e.firstLearnedEpoch() >= 0).toList();
      assertThat(group.examples()).isEqualTo(members.size());
      assertThat(group.presented()).isEqualTo(presented.size());
      assertThat(group.learned())
          .isEqualTo(members.stream().filter(NaiveRun.Example::isLearned).count());
      assertThat(group.everLearned()).isEqualTo(everLearned.size());
      assertThat(group.forgettingEvents())
          .isEqualTo(members.stream().mapToInt(NaiveRun.Example::forgettingEvents).sum());
      assertThat(group.predictionChanges())
          .isEqualTo(members.stream().mapToInt(NaiveRun.Example::predictionChanges).sum());
      assertDistribution(group.forgetting(), everLearned, NaiveRun.Example::forgettingEvents);
      assertDistribution(
          group.firstLearnedEpoch(), everLearned, NaiveRun.Example::firstLearnedEpoch);
      assertDistribution(
          group.correctShare(),
          presented,
          example -> (double) example.correct() / example.presentations.size());
      assertDistribution(
          group.meanMargin(),
          presented.stream().filter(e -> !Double.isNaN(e.meanMargin())).toList(),
          NaiveRun.Example::meanMargin);
    }
  }

  @Property
  void exampleRows(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    List<NaiveRun.Example> presented =
        naive.examples.values().stream().filter(e -> !e.presentations.isEmpty()).toList();
    for (ExampleOrder order : ExampleOrder.values()) {
      List<Integer> expected = presented.stream().sorted(naive(order)).map(e -> e.id).toList();
      List<ExampleRow> rows = run.examples(order, 1000);
      assertThat(rows).extracting(ExampleRow::id).isEqualTo(expected);
      int limit = 1 + delivered.size() % 5;
      assertThat(run.examples(order, limit))
          .usingRecursiveComparison(EventComparison.exact())
          .isEqualTo(rows.subList(0, Math.min(limit, rows.size())));
    }
    for (ExampleRow row : run.examples(ExampleOrder.HARDEST, 1000)) {
      assertRow(row, naive.examples.get(row.id()));
    }
  }

  @Property
  void dataMap(@ForAll("delivered") List<EventEnvelope> delivered) {
    RunAggregate run = aggregate(delivered);
    List<ExampleRow> rows = run.examples(ExampleOrder.HARDEST, 1000);
    for (ExampleGroupSnapshot group : run.snapshot().examples().groups()) {
      double meanFrom = Double.NEGATIVE_INFINITY;
      double deviationFrom = Double.NEGATIVE_INFINITY;
      for (ConfidenceCell cell : group.confidence()) {
        double meanTo = cell.meanUpTo() == 1 ? Double.POSITIVE_INFINITY : cell.meanUpTo();
        double deviationTo =
            cell.deviationUpTo() == 0.5 ? Double.POSITIVE_INFINITY : cell.deviationUpTo();
        double m = meanFrom;
        double d = deviationFrom;
        assertThat(cell.examples())
            .as("%s", cell)
            .isEqualTo(
                rows.stream()
                    .filter(row -> row.labels() == group.labels())
                    .filter(row -> row.meanConfidence() > m && row.meanConfidence() <= meanTo)
                    .filter(
                        row ->
                            row.confidenceDeviation() > d
                                && row.confidenceDeviation() <= deviationTo)
                    .count());
        deviationFrom = cell.deviationUpTo() == 0.5 ? Double.NEGATIVE_INFINITY : deviationTo;
        meanFrom = cell.deviationUpTo() == 0.5 ? meanTo : meanFrom;
      }
    }
  }

  private static Comparator<NaiveRun.Example> naive(ExampleOrder order) {
    return (a, b) -> {
      double[] keysA = keys(order, a);
      double[] keysB = keys(order, b);
      for (int k = 0; k < keysA.length; k++) {
        int compared = Double.compare(keysA[k], keysB[k]);
        if (compared != 0) {
          return compared;
        }
      }
      return 0;
    };
  }

  private static double[] keys(ExampleOrder order, NaiveRun.Example example) {
    double loss = example.lossSum();
    return switch (order) {
      case HARDEST ->
          new double[] {
            example.correct(),
            Double.isNaN(loss) ? Double.NEGATIVE_INFINITY : 0,
            Double.isNaN(loss) ? 0 : -loss,
            example.id
          };
      case MOST_FORGOTTEN ->
          new double[] {-example.forgettingEvents(), example.correct(), example.id};
      case LOWEST_MARGIN, AUM -> new double[] {example.meanMargin(), example.id};
      case SUSPECT ->
          new double[] {-Math.round(65_535 * example.suspicion), example.meanMargin(), example.id};
      case CSL -> highest(example, MislabelScore.CSL);
      case FORGETTING -> highest(example, MislabelScore.FORGETTING);
      case CSG -> highest(example, MislabelScore.CSG);
    };
  }

  private static double[] highest(NaiveRun.Example example, MislabelScore score) {
    double value = example.score(score);
    return new double[] {Double.isNaN(value) ? Double.POSITIVE_INFINITY : 0 - value, example.id};
  }

  private static void assertRow(ExampleRow row, NaiveRun.Example example) {
    int n = example.presentations.size();
    assertThat(row.given()).isEqualTo(example.given);
    assertThat(row.trueLabel()).isEqualTo(example.trueLabel);
    assertThat(row.labels()).isEqualTo(example.isFlipped() ? LabelGroup.FLIPPED : LabelGroup.CLEAN);
    assertThat(row.presentations()).isEqualTo(n);
    assertThat(row.correct()).isEqualTo(example.correct());
    assertThat(row.firstLearnedEpoch()).isEqualTo(example.firstLearnedEpoch());
    assertThat(row.forgettingEvents()).isEqualTo(example.forgettingEvents());
    assertThat(row.predictionChanges()).isEqualTo(example.predictionChanges());
    assertThat(row.lastOther()).isEqualTo(example.lastOther());
    assertThat(row.lastPredicted()).isEqualTo(example.presentations.get(n - 1).predicted());
    assertNumber(row.meanMargin(), example.meanMargin());
    assertNumber(row.lossSum(), example.lossSum());
    assertNumber(row.inputGradient(), example.inputGradient());
    assertNumber(row.inputGradientSquares(), (double) example.score(MislabelScore.CSG));
    assertThat(row.suspicion()).isCloseTo(example.suspicion, within(1.0 / 65_535));
    double mean = example.presentations.stream().mapToDouble(p -> Math.exp(-p.loss())).sum() / n;
    double variance =
        example.presentations.stream()
                .mapToDouble(p -> Math.exp(-p.loss()) - mean)
                .map(d -> d * d)
                .sum()
            / n;
    if (Double.isFinite(mean)) {
      assertThat(row.meanConfidence()).isCloseTo(mean, within(1e-5 * Math.max(1, mean)));
      assertThat(row.confidenceDeviation())
          .isCloseTo(Math.sqrt(variance), within(1e-3 * Math.max(1, mean)));
    } else {
      assertThat(row.meanConfidence()).isNaN();
    }
  }

  @Property
  void learnedShareAndPredictionChanges(@ForAll("delivered") List<EventEnvelope> delivered) {
    RunAggregate run = aggregate(delivered);
    Map<Boolean, Map<Long, List<Float>>> shares =
        Map.of(false, new TreeMap<>(), true, new TreeMap<>());
    Map<Long, List<Float>> changes = new TreeMap<>();
    List<EventEnvelope> counted = NaiveRun.of(delivered).counted;
    long changesBefore = 0;
    for (int end = 1; end <= counted.size(); end++) {
      EventEnvelope latest = counted.get(end - 1);
      NaiveRun naive = NaiveRun.of(counted.subList(0, end));
      for (boolean flipped : new boolean[] {false, true}) {
        List<NaiveRun.Example> group = naive.group(flipped);
        if (latest.event() instanceof ExamplesClassified && !group.isEmpty()) {
          double learned = group.stream().filter(NaiveRun.Example::isLearned).count();
          add(shares.get(flipped), latest.step(), learned / group.size());
        }
      }
      if (latest.event() instanceof EpochCompleted) {
        long now =
            naive.examples.values().stream().mapToLong(NaiveRun.Example::predictionChanges).sum();
        if (latest.epoch() > 0) {
          add(changes, latest.step(), (double) (now - changesBefore));
        }
        changesBefore = now;
      }
    }
    assertSeries(run, SeriesNames.examplesLearned(LabelGroup.CLEAN), shares.get(false));
    assertSeries(run, SeriesNames.examplesLearned(LabelGroup.FLIPPED), shares.get(true));
    assertSeries(run, SeriesNames.PREDICTION_CHANGES, changes);
  }

  @Property
  void mislabelRanking(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    for (MislabelScore score : MislabelScore.values()) {
      assertSeries(
          run, SeriesNames.mislabelAuroc(score), naive.auroc.getOrDefault(score, new TreeMap<>()));
    }
  }

  @Property
  void directSensitivity(@ForAll("delivered") List<EventEnvelope> delivered) {
    NaiveRun naive = NaiveRun.of(delivered);
    RunAggregate run = aggregate(delivered);
    List<Double> values = new ArrayList<>();
    for (NaiveRun.Example example : naive.examples.values()) {
      example.presentations.forEach(p -> values.add((double) p.gradientL1()));
    }
    run.snapshot().measurements().sensitivity().stream()
        .filter(kind -> kind.kind() == SensitivityKind.DIRECT)
        .forEach(
            kind -> {
              long finite = values.stream().filter(v -> v >= 0 && v <= Float.MAX_VALUE).count();
              assertThat(kind.values().count()).isLessThanOrEqualTo(finite);
              assertThat(kind.measurements())
                  .isLessThanOrEqualTo(
                      naive.directMeans.values().stream().mapToInt(List::size).sum());
            });
  }

  /** Values by step, those of a step that was done again last. */
  private static <E> Map<Long, List<Float>> points(
      List<EventEnvelope> envelopes, Class<E> kind, ToDoubleFunction<E> value) {
    Map<Long, List<Float>> points = new TreeMap<>();
    for (EventEnvelope envelope : envelopes) {
      add(points, envelope.step(), value.applyAsDouble(kind.cast(envelope.event())));
    }
    return points;
  }

  private static void add(Map<Long, List<Float>> points, long step, double value) {
    points.computeIfAbsent(step, key -> new ArrayList<>()).add((float) value);
  }

  /** The same bits, so that NaN equals NaN. */
  private static void assertNumber(Double actual, Double expected) {
    assertThat(actual).isEqualTo(expected);
  }

  private static void assertSeries(RunAggregate run, String name, Map<Long, List<Float>> expected) {
    if (expected.isEmpty()) {
      assertThat(run.seriesNames()).doesNotContain(name);
      return;
    }
    List<Long> steps = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    expected.forEach(
        (step, points) ->
            points.forEach(
                point -> {
                  steps.add(step);
                  values.add(point);
                }));
    SeriesPoints points = run.series(List.of(name), 0, Long.MAX_VALUE, 100_000).get(0);
    assertThat(points.name()).isEqualTo(name);
    assertThat(points.steps()).containsExactly(steps.toArray(Long[]::new));
    assertThat(points.values()).containsExactly(values.toArray(Float[]::new));
  }

  private static void assertHistogram(HistogramCounts actual, List<Double> values) {
    List<Double> valid =
        values.stream().filter(v -> v >= 0 && v < Double.POSITIVE_INFINITY).toList();
    long[] expected = new long[actual.upperBounds().length + 1];
    for (double value : valid) {
      int bucket = 0;
      while (bucket < actual.upperBounds().length && actual.upperBounds()[bucket] < value) {
        bucket++;
      }
      expected[bucket]++;
    }
    assertThat(actual.counts()).isEqualTo(expected);
    assertThat(actual.count()).isEqualTo(valid.size());
    assertThat(actual.invalid()).isEqualTo(values.size() - valid.size());
    assertThat(actual.sum()).isEqualTo(valid.stream().reduce(0.0, Double::sum));
  }

  private static void assertDistribution(
      Distribution actual,
      List<NaiveRun.Example> examples,
      ToDoubleFunction<NaiveRun.Example> quantity) {
    long[] expected = new long[actual.upperBounds().length + 1];
    for (NaiveRun.Example example : examples) {
      int bucket = 0;
      while (bucket < actual.upperBounds().length
          && quantity.applyAsDouble(example) > actual.upperBounds()[bucket]) {
        bucket++;
      }
      expected[bucket]++;
    }
    assertThat(actual.counts()).isEqualTo(expected);
  }
}
