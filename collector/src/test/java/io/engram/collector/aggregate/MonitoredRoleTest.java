package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.PredictionsMonitored;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonitoredRoleTest {
  private static final int MANY = 40;

  private final EventStream stream = new EventStream("a", 1);

  private RunSnapshot snapshot() {
    Runs runs = new Runs(() -> Instant.EPOCH);
    for (EventEnvelope envelope : stream.envelopes()) {
      runs.apply(envelope);
    }
    return runs.find(new RunId("a")).snapshot();
  }

  private RoleLook only() {
    List<RoleLook> roles = snapshot().measurements().monitor().roles();
    assertThat(roles).hasSize(1);
    return roles.get(0);
  }

  private void describe(ExampleRole role, int id, int given, int trueLabel) {
    stream.add(
        0,
        0,
        new ExamplesDescribed(role, new int[] {id}, new int[] {given}, new int[] {trueLabel}));
  }

  private void look(ExampleRole role, long step, float... probabilities) {
    stream.add(
        0,
        step,
        new PredictionsMonitored(
            role,
            true,
            probabilities.length,
            new int[] {7},
            new int[0],
            probabilities,
            new float[0],
            new int[0]));
  }

  private static RunAggregate monitored(int chunk, int examples, int lostChunkAtStep) {
    EventStream stream = new EventStream("a", 1);
    stream.add(0, 0, EventStream.header(examples, List.of(), -1));
    int[] ids = IntStream.range(0, examples).map(i -> 3 * i).toArray();
    int[] labels = IntStream.range(0, examples).map(i -> i % 3).toArray();
    int[] excluded = IntStream.range(0, examples).map(i -> (i + 1) % 3).toArray();
    SplittableRandom random = new SplittableRandom(2);
    for (ExampleRole role : List.of(ExampleRole.TRAINING, ExampleRole.CANARY)) {
      stream.add(0, 0, new ExamplesDescribed(role, ids, labels, excluded));
    }
    for (long step : new long[] {0, 9, 20}) {
      float[] probabilities = new float[3 * examples];
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = random.nextFloat();
      }
      for (ExampleRole role : List.of(ExampleRole.TRAINING, ExampleRole.CANARY)) {
        for (int from = 0; from < examples; from += chunk) {
          int to = Math.min(examples, from + chunk);
          boolean last = role == ExampleRole.CANARY && to == examples;
          if (step != lostChunkAtStep || from != chunk) {
            stream.add(
                0,
                step,
                new PredictionsMonitored(
                    role,
                    last,
                    3,
                    Arrays.copyOfRange(ids, from, to),
                    new int[0],
                    Arrays.copyOfRange(probabilities, 3 * from, 3 * to),
                    new float[0],
                    new int[0]));
          }
        }
      }
    }
    Runs runs = new Runs(() -> Instant.EPOCH);
    stream.envelopes().forEach(runs::apply);
    return runs.find(new RunId("a"));
  }

  @Test
  void aLookInChunksIsThatInOne() {
    int examples = 20_000;
    RunAggregate whole = monitored(examples, examples, -1);
    RunAggregate chunked = monitored(8_192, examples, -1);
    assertThat(chunked.looks()).isEqualTo(3);
    assertThat(chunked.look().roles()).extracting(MonitoredView::size).containsOnly(examples);
    for (int role = 0; role < 2; role++) {
      assertSame(chunked.look().roles().get(role), whole.look().roles().get(role));
    }
    assertThat(chunked.snapshot().measurements().monitor())
        .usingRecursiveComparison()
        .withComparatorForType(MonitoredRoleTest::compareNearly, Double.class)
        .isEqualTo(whole.snapshot().measurements().monitor());
  }

  private static void assertSame(MonitoredView one, MonitoredView other) {
    assertThat(one.role()).isEqualTo(other.role());
    assertThat(one.given()).isEqualTo(other.given());
    assertThat(one.predicted()).isEqualTo(other.predicted());
    assertThat(one.held()).isEqualTo(other.held());
    assertThat(Arrays.equals(one.confidence(), other.confidence())).isTrue();
    assertThat(Arrays.equals(one.standing(), other.standing())).isTrue();
    assertThat(one.consensus()).isEqualTo(other.consensus());
    assertThat(one.ranked()).isEqualTo(other.ranked());
    assertThat(one.rankSum()).isEqualTo(other.rankSum());
  }

  private static int compareNearly(double one, double other) {
    return Double.compare(one, other) == 0 || Math.abs(one - other) < 1e-9 * Math.abs(one) ? 0 : 1;
  }

  @Test
  void aChunkThatIsLostIsMissingAndItsMeansBeginAnew() {
    RunAggregate lost = monitored(10, 30, 20);
    assertThat(lost.look().roles()).extracting(MonitoredView::size).containsOnly(20);
    assertThat(lost.look().roles()).extracting(MonitoredView::meansFrom).containsOnly(0L);
    RunAggregate back = monitored(10, 30, 9);
    assertThat(back.look().roles()).extracting(MonitoredView::size).containsOnly(30);
    assertThat(back.look().roles()).extracting(MonitoredView::meansFrom).containsOnly(20L);
  }

  /** 0.9 e^-t against 0.1 e^-t + 0.9 (1 - e^-t): the mean turns at e^-t = 9/17, t = 0.636. */
  @Test
  void theMeanTurnsAfterTheTimeThatAnEpochSets() {
    RunStarted header = EventStream.header(0, List.of(), -1);
    RunStarted.Training training = new RunStarted.Training("sgd", 0.1, 4, 3, 100, 42);
    stream.add(
        0,
        0,
        new RunStarted(
            header.dataset(), header.noise(), header.network(), training, header.device(), -1));
    describe(ExampleRole.HOLDOUT, 7, 1, 1);
    look(ExampleRole.HOLDOUT, 0, 0.9f, 0.1f);
    assertThat(only().agreement()).isZero();
    look(ExampleRole.HOLDOUT, 57, 0.1f, 0.9f);
    assertThat(only().agreement()).isOne();
    assertThat(only().agreementOfMean()).isZero();
    look(ExampleRole.HOLDOUT, 59, 0.1f, 0.9f);
    assertThat(only().agreementOfMean()).isZero();
    look(ExampleRole.HOLDOUT, 60, 0.1f, 0.9f);
    assertThat(only().agreementOfMean()).isZero();
    look(ExampleRole.HOLDOUT, 70, 0.1f, 0.9f);
    assertThat(only().agreementOfMean()).isOne();
    assertThat(only().changedShare()).isZero();
  }

  @Test
  void ofManyClassesTheMostProbableOnesAndTheGivenOneCount() {
    describe(ExampleRole.CANARY, 7, 20, 3);
    stream.add(
        0,
        5,
        new PredictionsMonitored(
            ExampleRole.CANARY,
            true,
            MANY,
            new int[] {7},
            new int[] {3, 9, 1, 2, 0},
            new float[] {0.5f, 0.2f, 0.1f, 0.05f, 0.04f},
            new float[] {0.02f},
            new int[] {6}));
    RoleLook look = only();
    assertThat(look.agreeing()).isZero();
    assertThat(look.confidence()).isEqualTo(0.5);
    assertThat(look.logProbability()).isCloseTo(Math.log(0.02f), within(1e-9));
    assertThat(look.rank()).isCloseTo(1 - 4 / 38.0, within(1e-12));
    assertThat(look.rankZ())
        .isCloseTo((look.rank() - 0.5) / Math.sqrt(LabelRank.variance(MANY)), within(1e-12));
  }

  @Test
  void twoClassesHaveNoRank() {
    describe(ExampleRole.GHOST, 7, 1, 0);
    look(ExampleRole.GHOST, 3, 0.5f, 0.5f);
    assertThat(only().ranked()).isZero();
    assertThat(only().rank()).isNaN();
    assertThat(only().rankZ()).isNaN();
    assertThat(only().agreeing()).as("the lowest class among equals").isZero();
  }

  @Test
  void canariesAreNoTrainingExamples() {
    stream.add(0, 0, EventStream.header(1, List.of(), -1));
    describe(ExampleRole.TRAINING, 1, 0, 0);
    describe(ExampleRole.CANARY, 7, 1, 0);
    describe(ExampleRole.TRAINING, 2, 70_000, 0);
    float[] numbers = {1, 1, 1};
    float[] none = {};
    stream.add(
        0,
        0,
        new ExamplesClassified(
            new int[] {1, 7, 8},
            new int[] {0, 1, 0},
            new int[] {65_536, 1, 0},
            numbers,
            numbers,
            none,
            none,
            none,
            none));
    ExamplesSnapshot examples = snapshot().examples();
    assertThat(examples.described()).isEqualTo(1);
    assertThat(examples.observations()).isEqualTo(1);
    assertThat(examples.canaries()).isEqualTo(1);
    assertThat(examples.undescribed()).isEqualTo(1);
    assertThat(examples.impossible()).isEqualTo(1);
    assertThat(examples.groups().get(0).learned())
        .as("a prediction beyond the labels equals none")
        .isZero();
  }
}
