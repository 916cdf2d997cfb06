package io.engram.events;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.IntegerArbitrary;
import net.jqwik.api.arbitraries.LongArbitrary;

/**
 * Everything that the contract allows to be said, the improbable included: numbers that are not
 * finite, empty arrays, negative ids, strings of all of Unicode.
 */
public final class EventArbitraries {
  private static final int MOST_EXAMPLES = 8;
  private static final int MOST_LAYERS = 3;

  private static final Map<Class<? extends TrainingEvent>, Arbitrary<? extends TrainingEvent>>
      BY_KIND =
          Map.ofEntries(
              Map.entry(RunStarted.class, runStarted()),
              Map.entry(ExamplesDescribed.class, examplesDescribed()),
              Map.entry(StepCompleted.class, stepCompleted()),
              Map.entry(ExamplesClassified.class, examplesClassified()),
              Map.entry(GradientNormsMeasured.class, gradientNormsMeasured()),
              Map.entry(LossSensitivityMeasured.class, lossSensitivityMeasured()),
              Map.entry(CriticalSamplesSearched.class, criticalSamplesSearched()),
              Map.entry(PredictionsMonitored.class, predictionsMonitored()),
              Map.entry(GradientSpectrumMeasured.class, gradientSpectrumMeasured()),
              Map.entry(
                  ProbeFailed.class, Combinators.combine(text(), text()).as(ProbeFailed::new)),
              Map.entry(ProbesReported.class, probesReported()),
              Map.entry(SValidationScored.class, sValidationScored()),
              Map.entry(EpochCompleted.class, epochCompleted()),
              Map.entry(CheckpointSaved.class, text().map(CheckpointSaved::new)),
              Map.entry(CheckpointsKept.class, checkpointsKept()),
              Map.entry(TrainerReported.class, trainerReported()),
              Map.entry(RunFinished.class, runFinished()));

  private EventArbitraries() {}

  /** The kinds of event that have an arbitrary. */
  public static Collection<Class<? extends TrainingEvent>> kinds() {
    return BY_KIND.keySet();
  }

  /** Events of one kind. */
  public static Arbitrary<TrainingEvent> events(Class<? extends TrainingEvent> kind) {
    return BY_KIND.get(kind).map(event -> event);
  }

  /** Events of all kinds. */
  public static Arbitrary<TrainingEvent> events() {
    List<Class<? extends TrainingEvent>> kinds =
        BY_KIND.keySet().stream()
            .sorted((a, b) -> a.getSimpleName().compareTo(b.getSimpleName()))
            .toList();
    return Arbitraries.of(kinds).flatMap(EventArbitraries::events);
  }

  /** Envelopes around events of all kinds. */
  public static Arbitrary<EventEnvelope> envelopes() {
    return envelopes(events());
  }

  /** Envelopes around the given events. */
  public static Arbitrary<EventEnvelope> envelopes(Arbitrary<TrainingEvent> events) {
    return Combinators.combine(
            runIds(), count(), count(), smallCount(), count(), Arbitraries.longs(), events)
        .as(EventEnvelope::new);
  }

  /** Up to 5 envelopes, and at times none. */
  public static Arbitrary<List<EventEnvelope>> envelopeLists() {
    return envelopes().list().ofMaxSize(5);
  }

  /** Valid run ids of every length. */
  public static Arbitrary<RunId> runIds() {
    Arbitrary<Character> edge = Arbitraries.chars().range('a', 'z').range('0', '9');
    Arbitrary<String> inner =
        Arbitraries.strings().withCharRange('a', 'z').numeric().withChars('-').ofMaxLength(61);
    return Combinators.combine(edge, inner, edge)
        .as(
            (first, middle, last) ->
                new RunId(middle.isEmpty() ? "" + first : first + middle + last));
  }

  /** Strings of all of Unicode, without unpaired surrogates. */
  public static Arbitrary<String> text() {
    Arbitrary<String> unicode =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .list()
            .ofMaxSize(10)
            .map(
                codePoints -> {
                  StringBuilder text = new StringBuilder();
                  codePoints.forEach(text::appendCodePoint);
                  return text.toString();
                });
    return Arbitraries.oneOf(Arbitraries.strings().ascii().ofMaxLength(20), unicode);
  }

  private static Arbitrary<RunStarted> runStarted() {
    Arbitrary<RunStarted.Dataset> dataset =
        Combinators.combine(text(), text(), ints(6), numbers(), numbers())
            .as(
                (name, hash, n, mean, deviation) ->
                    new RunStarted.Dataset(
                        name, hash, n[0], n[1], n[2], n[3], n[4], n[5], mean, deviation));
    Arbitrary<RunStarted.Noise> noise =
        Combinators.combine(text(), numbers(), text(), numbers(), ints(3))
            .as(
                (inputs, inputShare, labels, labelShare, n) ->
                    new RunStarted.Noise(inputs, inputShare, n[0], labels, labelShare, n[1], n[2]));
    Arbitrary<RunStarted.Network> network =
        Combinators.combine(
                text(),
                Arbitraries.longs(),
                text().list().ofMaxSize(MOST_LAYERS),
                text().list().ofMaxSize(MOST_LAYERS))
            .as(RunStarted.Network::new);
    Arbitrary<RunStarted.Training> training =
        Combinators.combine(text(), numbers(), ints(3), Arbitraries.longs())
            .as(
                (optimizer, rate, n, seed) ->
                    new RunStarted.Training(optimizer, rate, n[0], n[1], n[2], seed));
    Arbitrary<RunStarted.Device> device =
        Combinators.combine(text(), text()).as(RunStarted.Device::new);
    return Combinators.combine(
            dataset, noise, network, training, device, Arbitraries.longs(), onset())
        .as(RunStarted::new);
  }

  private static Arbitrary<RunStarted.Onset> onset() {
    Arbitrary<Double> share = Arbitraries.doubles().between(0, 1);
    return Combinators.combine(
            share.filter(p -> p > 0 && p < 1), Arbitraries.oneOf(share, Arbitraries.of(Double.NaN)))
        .as(RunStarted.Onset::new);
  }

  private static Arbitrary<ExamplesDescribed> examplesDescribed() {
    return examples()
        .flatMap(
            n ->
                Combinators.combine(Arbitraries.of(ExampleRole.class), ints(n), ints(n), ints(n))
                    .as(ExamplesDescribed::new));
  }

  private static Arbitrary<StepCompleted> stepCompleted() {
    return smallCount()
        .flatMap(
            examples ->
                Combinators.combine(
                        Arbitraries.integers().between(0, examples),
                        numbers(),
                        numbers(),
                        numbers())
                    .as(
                        (correct, loss, rate, seconds) ->
                            new StepCompleted(examples, correct, loss, rate, seconds)));
  }

  private static Arbitrary<ExamplesClassified> examplesClassified() {
    Arbitrary<Integer> layers = Arbitraries.integers().between(0, MOST_LAYERS);
    return Combinators.combine(examples(), layers)
        .flatAs(
            (n, l) ->
                Combinators.combine(
                        ints(n).array(int[][].class).ofSize(3),
                        floats(n).array(float[][].class).ofSize(2),
                        floatsOrNone(n).array(float[][].class).ofSize(3),
                        floats(n * l))
                    .as(
                        (i, f, g, byLayer) ->
                            new ExamplesClassified(
                                i[0], i[1], i[2], f[0], f[1], g[0], g[1], g[2], byLayer)));
  }

  private static Arbitrary<GradientNormsMeasured> gradientNormsMeasured() {
    return Arbitraries.integers()
        .between(0, MOST_LAYERS)
        .flatMap(
            layers ->
                Combinators.combine(doubles(layers), doubles(layers), doubles(layers))
                    .as(GradientNormsMeasured::new));
  }

  private static Arbitrary<LossSensitivityMeasured> lossSensitivityMeasured() {
    Arbitrary<Integer> classes = Arbitraries.integers().between(0, 3);
    return Combinators.combine(
            examples(),
            classes,
            Arbitraries.of(SensitivityKind.UNROLLED, SensitivityKind.TRUNCATED),
            Arbitraries.longs().greaterOrEqual(1))
        .flatAs(
            (n, k, kind, updates) ->
                Combinators.combine(ints(n), doubles(n), doubles(k * k))
                    .as(
                        (ids, values, matrix) ->
                            new LossSensitivityMeasured(kind, updates, ids, values, k, matrix)));
  }

  private static Arbitrary<CriticalSamplesSearched> criticalSamplesSearched() {
    Arbitrary<Double> radius =
        Arbitraries.doubles().greaterThan(0).lessOrEqual(Double.MAX_VALUE).ofScale(20);
    return Combinators.combine(
            examples(),
            Arbitraries.of(Split.class),
            radius,
            Arbitraries.integers().greaterOrEqual(1))
        .flatAs(
            (n, split, r, iterations) ->
                Combinators.combine(
                        ints(n),
                        Arbitraries.integers().between(0, iterations).array(int[].class).ofSize(n))
                    .as(
                        (ids, found) ->
                            new CriticalSamplesSearched(split, r, iterations, ids, found)));
  }

  private static Arbitrary<PredictionsMonitored> predictionsMonitored() {
    Arbitrary<Integer> classes = Arbitraries.of(2, 3, 32, 33, 1_000);
    return Combinators.combine(
            examples(), classes, Arbitraries.of(ExampleRole.class), Arbitraries.of(true, false))
        .flatAs(
            (n, k, role, last) -> {
              boolean all = k <= PredictionsMonitored.ALL_CLASSES;
              int top = all ? 0 : n * PredictionsMonitored.TOP;
              return Combinators.combine(
                      ints(n), ints(top), floats(all ? n * k : top), floats(all ? 0 : n), ints(n))
                  .as(
                      (ids, best, probabilities, given, rank) ->
                          new PredictionsMonitored(
                              role,
                              last,
                              k,
                              ids,
                              best,
                              probabilities,
                              given,
                              all ? new int[0] : rank));
            });
  }

  private static Arbitrary<GradientSpectrumMeasured> gradientSpectrumMeasured() {
    return Combinators.combine(examples(), examples())
        .flatAs(
            (n, more) -> doubles(n).map(values -> new GradientSpectrumMeasured(n + more, values)));
  }

  private static Arbitrary<ProbesReported> probesReported() {
    Arbitrary<Long> count = Arbitraries.longs();
    return Combinators.combine(text(), count, count, count, numbers())
        .as(ProbesReported.Probe::new)
        .list()
        .ofMaxSize(3)
        .map(ProbesReported::new);
  }

  private static Arbitrary<SValidationScored> sValidationScored() {
    return Combinators.combine(
            Arbitraries.integers().greaterOrEqual(1),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(2, 5),
            Arbitraries.integers().between(0, 2))
        .flatAs(
            (n, sets, permutations, repeats) ->
                Combinators.combine(
                        Arbitraries.of(FeatureSource.class),
                        text(),
                        Arbitraries.integers().between(1, n),
                        Arbitraries.of(true, false),
                        perturbedSets(n, sets, permutations, repeats),
                        Arbitraries.integers().between(0, n),
                        numbers())
                    .as(
                        (source, name, mostCommon, complete, all, correct, number) ->
                            new SValidationScored(
                                source,
                                name,
                                name,
                                n,
                                mostCommon,
                                complete,
                                all,
                                n,
                                correct,
                                new SValidationScored.Features(n, correct, mostCommon, number),
                                number)));
  }

  private static Arbitrary<List<SValidationScored.PerturbedSet>> perturbedSets(
      int examples, int sets, int permutations, int repeats) {
    Arbitrary<Integer> count = Arbitraries.integers().between(0, examples);
    return Combinators.combine(
            count,
            count.array(int[].class).ofSize(repeats),
            count.array(int[].class).ofSize(permutations))
        .as(NullScores::new)
        .list()
        .ofSize(sets)
        .map(
            all ->
                IntStream.range(0, sets)
                    .mapToObj(i -> new SValidationScored.PerturbedSet("0.0" + (i + 1), all.get(i)))
                    .toList());
  }

  private static Arbitrary<EpochCompleted> epochCompleted() {
    Arbitrary<Evaluation> evaluation =
        count()
            .flatMap(
                examples ->
                    Combinators.combine(
                            Arbitraries.of(Split.class),
                            Arbitraries.of(LabelGroup.class),
                            Arbitraries.longs().between(0, examples),
                            numbers())
                        .as(
                            (split, labels, correct, loss) ->
                                new Evaluation(split, labels, examples, correct, loss)));
    return Combinators.combine(evaluation.list().ofMaxSize(4), numbers()).as(EpochCompleted::new);
  }

  private static Arbitrary<CheckpointsKept> checkpointsKept() {
    return Combinators.combine(Arbitraries.longs().list().ofMaxSize(6), Arbitraries.longs())
        .as(CheckpointsKept::new);
  }

  private static Arbitrary<TrainerReported> trainerReported() {
    return Combinators.combine(
            Arbitraries.of(TrainerReported.State.class),
            Arbitraries.longs(),
            Arbitraries.maps(text(), Arbitraries.longs()).ofMaxSize(4),
            Combinators.combine(
                    Arbitraries.longs(),
                    Arbitraries.longs(),
                    Arbitraries.longs(),
                    Arbitraries.longs(),
                    Arbitraries.longs())
                .as(TrainerReported.Spool::new))
        .as(TrainerReported::new);
  }

  private static Arbitrary<RunFinished> runFinished() {
    return Combinators.combine(Arbitraries.of(RunFinished.Outcome.class), text())
        .as(RunFinished::new);
  }

  private static IntegerArbitrary examples() {
    return Arbitraries.integers().between(0, MOST_EXAMPLES);
  }

  private static LongArbitrary count() {
    return Arbitraries.longs().greaterOrEqual(0);
  }

  private static IntegerArbitrary smallCount() {
    return Arbitraries.integers().greaterOrEqual(0);
  }

  private static Arbitrary<Double> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.doubles(),
        Arbitraries.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE));
  }

  private static Arbitrary<int[]> ints(int length) {
    return Arbitraries.integers().array(int[].class).ofSize(length);
  }

  private static Arbitrary<double[]> doubles(int length) {
    return numbers().array(double[].class).ofSize(length);
  }

  private static Arbitrary<float[]> floats(int length) {
    return numbers().map(Double::floatValue).array(float[].class).ofSize(length);
  }

  private static Arbitrary<float[]> floatsOrNone(int length) {
    return Arbitraries.of(0, length).flatMap(EventArbitraries::floats);
  }
}
