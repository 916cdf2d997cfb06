package io.engram.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.trainer.spec.CanariesSpec;
import io.engram.trainer.spec.DataSpec;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NoiseSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hold-out, canaries and ghosts. */
final class PartsTest {
  private static final ImageShape SHAPE = new ImageShape(4, 4, 3);
  private static final RawSet TRAINING = set(0, 300);
  private static final Source SOURCE = new Source("tiny", 10, TRAINING, set(300, 60), "made up");
  private static final NoiseSpec NOISE =
      new NoiseSpec(
          new NoiseSpec.Inputs(0.3, NoiseSpec.Moments.SCALAR),
          new NoiseSpec.Labels(0.5, NoiseSpec.Kind.UNIFORM));

  private static RawSet set(int firstId, int count) {
    return new RawSet(
        SHAPE,
        IntStream.range(firstId, firstId + count).toArray(),
        TestFiles.labels(count),
        TestFiles.pattern(count * SHAPE.size(), firstId));
  }

  private static DataSpec data(@Nullable Integer training, int holdout) {
    return new DataSpec("tiny", null, training, null, holdout, 2, true, false);
  }

  private static RunData prepare(DataSpec data, int canaries, int ghosts, long seed) {
    return new Preparation(SOURCE, data, NOISE, new CanariesSpec(canaries, ghosts), seed).run();
  }

  private static List<Integer> ids(ExampleSet set) {
    return IntStream.range(0, set.size()).mapToObj(set::id).toList();
  }

  private static float[] input(ExampleSet set, int row) {
    float[] input = new float[set.shape().size()];
    set.copyInput(row, input, 0);
    return input;
  }

  @Property(tries = 60)
  void noExampleIsInTwoParts(
      @ForAll long seed,
      @ForAll boolean given,
      @ForAll @IntRange(max = 60) int holdout,
      @ForAll @IntRange(max = 60) int canaries,
      @ForAll @IntRange(max = 60) int ghosts) {
    RunData run = prepare(data(given ? 100 : null, holdout), canaries, ghosts, seed);

    assertThat(run.training().size()).isEqualTo(given ? 100 : 300 - holdout - canaries - ghosts);
    assertThat(run.holdout().size()).isEqualTo(holdout);
    assertThat(run.canaries().size()).isEqualTo(canaries);
    assertThat(run.ghosts().size()).isEqualTo(ghosts);
    assertThat(
            Stream.of(run.training(), run.validation(), run.holdout(), run.canaries(), run.ghosts())
                .flatMap(set -> ids(set).stream()))
        .doesNotHaveDuplicates();
    for (ExampleSet set : List.of(run.training(), run.holdout(), run.canaries(), run.ghosts())) {
      assertThat(ids(set)).isSorted();
    }
    assertThat(run.describedDataset().trainingExamples()).isEqualTo(run.training().size());
  }

  @Property(tries = 30)
  void trainingExamplesStayTheSameWhereTheirNumberIsGiven(@ForAll long seed) {
    RunData plain = prepare(data(100, 0), 0, 0, seed);
    RunData more = prepare(data(100, 40), 30, 20, seed);

    assertThat(ids(more.training())).isEqualTo(ids(plain.training()));
    assertThat(more.standardization()).isEqualTo(plain.standardization());
    assertThat(more.describedNoise()).isEqualTo(plain.describedNoise());
    for (int row = 0; row < 100; row++) {
      assertThat(input(more.trained(), row)).isEqualTo(input(plain.trained(), row));
      assertThat(more.trained().givenLabel(row)).isEqualTo(plain.trained().givenLabel(row));
    }
    assertThat(ids(prepare(data(100, 40), 0, 0, seed).holdout())).isEqualTo(ids(more.holdout()));
  }

  /** Drawn from all, an example is in the hold-out as often whatever its class. */
  @Test
  void holdoutOfAWholeSetIsAFairDraw() {
    int[] drawn = new int[300];
    for (int seed = 0; seed < 400; seed++) {
      RunData run = prepare(data(null, 60), 20, 0, seed);
      ids(run.holdout()).forEach(id -> drawn[id]++);
    }
    for (int count : drawn) {
      assertThat(count).isBetween(Binomial.low(400, 0.2), Binomial.high(400, 0.2));
    }
  }

  /** What an example is prepared to be does not depend on which part it fell into. */
  @Test
  void holdoutHasTheNoiseThatItWouldHaveHadInTraining() {
    RunData all = prepare(data(300, 0), 0, 0, 4);
    RunData run = prepare(data(100, 150), 0, 0, 4);

    int replaced = 0;
    for (int row = 0; row < run.holdout().size(); row++) {
      int id = run.holdout().id(row);
      assertThat(run.holdout().givenLabel(row)).isEqualTo(all.training().givenLabel(id));
      assertThat(run.holdout().trueLabel(row)).isEqualTo(all.training().trueLabel(id));
      assertThat(run.holdout().inputReplaced(row)).isEqualTo(all.training().inputReplaced(id));
      replaced += run.holdout().inputReplaced(row) ? 1 : 0;
    }
    assertThat(replaced).isPositive();
  }

  @Test
  void canariesAreRealInputsUnderALabelThatTheDataDoesNotGive() {
    RunData all = prepare(data(300, 0), 0, 0, 4);
    RunData run = prepare(data(100, 0), 80, 70, 4);

    for (ExampleSet set : List.of(run.canaries(), run.ghosts())) {
      for (int row = 0; row < set.size(); row++) {
        int id = set.id(row);
        assertThat(set.inputReplaced(row)).isFalse();
        assertThat(set.pixels(row)).isEqualTo(pooled(id));
        assertThat(set.trueLabel(row)).isEqualTo(all.training().givenLabel(id));
        assertThat(set.givenLabel(row)).isBetween(0, 9).isNotEqualTo(set.trueLabel(row));
      }
    }
    ExamplesDescribed described = run.canaries().described(ExampleRole.CANARY).get(0);
    assertThat(described.trueLabels()[5]).isEqualTo(run.canaries().trueLabel(5));
    assertThat(described.givenLabels()[5]).isEqualTo(run.canaries().givenLabel(5));
  }

  private static byte[] pooled(int id) {
    RawSet one = TRAINING.select(new int[] {id});
    byte[] picture = new byte[SHAPE.size() / 4];
    for (int channel = 0; channel < 3; channel++) {
      for (int square = 0; square < 4; square++) {
        int corner = channel * 16 + square / 2 * 8 + square % 2 * 2;
        double sum = 0;
        for (int offset : new int[] {0, 1, 4, 5}) {
          sum += one.pixels()[corner + offset] & 0xff;
        }
        picture[square * 3 + channel] = (byte) Math.round(sum / 4);
      }
    }
    return picture;
  }

  @Test
  void anEpochGoesThroughTrainingExamplesThenCanaries() {
    RunData run = prepare(data(100, 10), 30, 20, 4);

    List<Integer> expected = new ArrayList<>(ids(run.training()));
    expected.addAll(ids(run.canaries()));
    assertThat(ids(run.trained())).isEqualTo(expected);
    for (int row = 0; row < 130; row++) {
      ExampleSet set = row < 100 ? run.training() : run.canaries();
      int at = row < 100 ? row : row - 100;
      assertThat(input(run.trained(), row)).isEqualTo(input(set, at));
      assertThat(run.trained().pixels(row)).isEqualTo(set.pixels(at));
      assertThat(run.trained().givenLabel(row)).isEqualTo(set.givenLabel(at));
      assertThat(run.trained().trueLabel(row)).isEqualTo(set.trueLabel(at));
      assertThat(run.trained().selected(row)).isEqualTo(set.selected(at));
      assertThat(run.trained().inputReplaced(row)).isEqualTo(set.inputReplaced(at));
    }
    RunData none = prepare(data(100, 10), 0, 20, 4);
    assertThat(none.trained()).isSameAs(none.training());
  }

  @Test
  void findsThePixelsOfEveryExampleByItsId() {
    RunData run = prepare(data(100, 10), 30, 20, 4);

    for (ExampleSet set :
        List.of(run.training(), run.validation(), run.holdout(), run.canaries(), run.ghosts())) {
      for (int row = 0; row < set.size(); row++) {
        assertThat(run.pixels(set.id(row))).contains(set.pixels(row));
      }
    }
    List<Integer> used =
        Stream.of(run.training(), run.validation(), run.holdout(), run.canaries(), run.ghosts())
            .flatMap(set -> ids(set).stream())
            .toList();
    for (int id = -2; id < 370; id++) {
      assertThat(run.pixels(id).isPresent()).isEqualTo(used.contains(id));
    }
  }

  /** Chi-square over the distance from the given to the wrong label, one part in a million. */
  @Test
  void wrongLabelsAreUniformOverTheOtherClasses() {
    int n = 90_000;
    int[] ids = IntStream.range(0, n).toArray();
    int[] given = Arrays.stream(ids).map(id -> id * 7 % 10).toArray();

    int[] wrong = CanaryLabels.draw(given, ids, 10, 3);

    int[] distances = new int[10];
    for (int i = 0; i < n; i++) {
      distances[Math.floorMod(wrong[i] - given[i], 10)]++;
    }
    assertThat(distances[0]).isZero();
    double chiSquare = 0;
    for (int distance = 1; distance < 10; distance++) {
      chiSquare += Math.pow(distances[distance] - 10_000, 2) / 10_000;
    }
    assertThat(chiSquare).isLessThan(42.7);
    assertThat(CanaryLabels.draw(given, ids, 10, 4)).isNotEqualTo(wrong);
    assertThat(CanaryLabels.draw(new int[] {1, 0}, new int[] {7, 8}, 2, 3)).containsExactly(0, 1);
  }

  @Test
  void aDrawOfRowsIsPartOfALargerOneAndFair() {
    ExampleSet set = prepare(data(null, 0), 0, 0, 1).training();
    int[] times = new int[300];
    for (int seed = 0; seed < 400; seed++) {
      int[] small = set.draw(60, seed);
      int[] large = set.draw(150, seed);
      assertThat(small).hasSize(60).isSorted().doesNotHaveDuplicates();
      assertThat(large).contains(small);
      Arrays.stream(small).forEach(row -> times[row]++);
    }
    for (int count : times) {
      assertThat(count).isBetween(Binomial.low(400, 0.2), Binomial.high(400, 0.2));
    }
    assertThat(set.draw(1_000, 1)).isEqualTo(IntStream.range(0, 300).toArray());
    assertThat(set.draw(0, 1)).isEmpty();
  }

  @Test
  void saysHowManyThereAre() {
    refuses(
        () -> prepare(data(280, 10), 10, 1, 1),
        "data.training: is 280, must be at most 279: of the 300 examples there are, 21 are kept for"
            + " hold-out, canaries and ghosts");
    refuses(
        () -> prepare(data(null, 100), 150, 50, 1),
        "canaries.count: hold-out, canaries and ghosts are 300 together, must be at most 299 to"
            + " leave one of the examples there are to train on");
    refuses(
        () -> prepare(data(10, Integer.MAX_VALUE), Integer.MAX_VALUE, 5, 1),
        "data.holdout: hold-out, canaries and ghosts are 4294967299 together, must be at most 299 to"
            + " leave one of the examples there are to train on");
    assertThat(prepare(data(279, 10), 10, 1, 1).training().size()).isEqualTo(279);
    assertThat(prepare(data(null, 100), 150, 49, 1).training().size()).isEqualTo(1);
  }

  @Test
  void refusesWhatNothingElseCouldHaveTheLabelOf() {
    DataSpec unique = new DataSpec("tiny", null, 50, null, 0, 1, true, true);
    DataSpec held = new DataSpec("tiny", null, 50, null, 5, 1, true, true);
    refuses(
        () -> new Preparation(SOURCE, unique, NoiseSpec.NONE, new CanariesSpec(5, 0), 1).run(),
        "canaries.count: is 5, must be 0 where data.unique_classes is true: nothing else has those"
            + " classes");
    refuses(
        () -> new Preparation(SOURCE, unique, NoiseSpec.NONE, new CanariesSpec(0, 5), 1).run(),
        "canaries.ghosts: is 5, must be 0 where data.unique_classes is true: nothing else has those"
            + " classes");
    refuses(
        () -> new Preparation(SOURCE, held, NoiseSpec.NONE, CanariesSpec.NONE, 1).run(),
        "data.holdout: is 5, must be 0 where data.unique_classes is true: nothing else has those"
            + " classes");
    Source one = new Source("one", 1, TRAINING, set(300, 60), "made up");
    refuses(
        () -> new Preparation(one, data(50, 5), NoiseSpec.NONE, new CanariesSpec(5, 0), 1).run(),
        "canaries.count: is 5, must be 0 where there is one class: no label is wrong");
  }

  private static void refuses(Runnable preparation, String message) {
    assertThatThrownBy(preparation::run)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }
}
