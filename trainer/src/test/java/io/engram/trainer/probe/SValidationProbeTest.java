package io.engram.trainer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.FeatureSource;
import io.engram.events.NullScores;
import io.engram.events.ProbeFailed;
import io.engram.events.SValidationScored;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.probe.ProbedRun.Emitted;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.LocalScorer;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.Perturbation;
import io.engram.trainer.svalidation.PixelShuffle;
import io.engram.trainer.svalidation.Rotation;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import io.engram.trainer.svalidation.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** On pictures of 14 × 14 pixels, against the kernel asked directly. */
final class SValidationProbeTest {
  private static final String SKETCH =
      "{every: 1 epoch, examples: 40, validation: 15, shuffles: [0.05, 1], rotations: [10],"
          + " profile: sketch}";

  private static String yaml(String network, String svalidation) {
    return """
    data: {name: glyphs, classes: [0, 1, 2], training: 60, validation: 20, pool: 2}
    noise: {labels: {share: 0.3}}
    network: %s
    training: {epochs: 2, batch: 20, seed: 5}
    probes: {svalidation: %s}
    """
        .formatted(network, svalidation);
  }

  private static List<Emitted<SValidationScored>> of(ProbedRun run, FeatureSource source) {
    return run.of(SValidationScored.class).stream()
        .filter(one -> one.event().source() == source)
        .toList();
  }

  /** All examples at once through DeepLearning4J's own network, then the kernel. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:196-24-12-3", "mlp-d", "cnn-f"})
  void scoresAreThoseOfTheKernel(String network) {
    ProbedRun run = ProbedRun.of(yaml(network, SKETCH));
    List<Emitted<SValidationScored>> scored = of(run, FeatureSource.NETWORK);

    assertThat(run.of(ProbeFailed.class)).isEmpty();
    assertThat(scored).extracting(Emitted::epoch).containsExactly(0, 1, 2);
    ExampleSet training = run.data.training();
    int[] rows = training.draw(40, 5);
    int[] labels = Arrays.stream(rows).map(training::givenLabel).toArray();
    List<Perturbation> perturbations = List.of(shuffle(0.05), shuffle(1), new Rotation(10));
    for (Emitted<SValidationScored> one : scored) {
      MultiLayerNetwork asked = run.networkAt(one.step());
      Features train = features(asked, training, rows, null);
      List<Features> sets =
          perturbations.stream().map(p -> features(asked, training, rows, p)).toList();
      try (Workers workers = new Workers(1)) {
        NullResult expected =
            new ScoringTask(train, sets, labels, null, new int[0], 3, NullProfile.SKETCH, 5)
                .score(workers, () -> false)
                .result();
        SValidationScored event = one.event();
        assertThat(event.sets())
            .extracting(SValidationScored.PerturbedSet::name)
            .containsExactly("0.05", "1", "rotation 10");
        assertThat(event.sets())
            .extracting(SValidationScored.PerturbedSet::scores)
            .containsExactlyElementsOf(expected.sets());
        assertThat(event.classifier()).isEqualTo(NullProfile.SKETCH.classifier().id());
        assertThat(event.examples()).isEqualTo(40);
        assertThat(event.mostCommon()).isEqualTo(expected.mostCommon());
        assertThat(event.validationExamples()).isEqualTo(15);
        assertThat(event.features().units()).isEqualTo(train.columns());
        assertThat(event.durationSeconds()).isPositive();
      }
    }
    assertThat(scored.get(2).event().sets()).isNotEqualTo(scored.get(0).event().sets());
  }

  private static PixelShuffle shuffle(double fraction) {
    return new PixelShuffle(fraction, PixelShuffle.Choice.PER_IMAGE, false);
  }

  private static Features features(
      MultiLayerNetwork network, ExampleSet set, int[] rows, Perturbation perturbation) {
    int size = set.shape().size();
    float[] inputs = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) {
      set.copyInput(rows[i], inputs, i * size);
      if (perturbation != null) {
        perturbation.apply(inputs, i * size, set.shape(), 5, set.id(rows[i]));
      }
    }
    long[] shape = ProbedRun.input(network, set, 0).shape();
    shape[0] = rows.length;
    List<INDArray> all = network.feedForward(Nd4j.create(inputs, shape, 'c'), false);
    float[] values = all.get(all.size() - 2).dup('c').data().asFloat();
    return new Features(rows.length, values.length / rows.length, values);
  }

  @Test
  void thePixelsAreScoredOnceAtTheStart() {
    ProbedRun run = ProbedRun.of(yaml("mlp:196-12-3", SKETCH));
    List<Emitted<SValidationScored>> pixels = of(run, FeatureSource.PIXELS);

    assertThat(pixels).extracting(Emitted::step).containsExactly(0L);
    assertThat(pixels.get(0).event().examples()).isEqualTo(40);
    assertThat(pixels.get(0).event().sets())
        .extracting(SValidationScored.PerturbedSet::name)
        .containsExactly("0.05", "1", "rotation 10");
  }

  /** A scorer that gives each profile a script, and keeps what it was asked. */
  private static final class Scripted implements Scorer {
    final List<ScoringTask> asked = Collections.synchronizedList(new ArrayList<>());
    private final int refused;
    private final boolean busy;

    Scripted(int refused, boolean busy) {
      this.refused = refused;
      this.busy = busy;
    }

    @Override
    public Scores score(ScoringTask task) throws ScorerException {
      asked.add(task);
      if (asked.size() == refused) {
        throw new ScorerException("the scorer cannot be reached", busy);
      }
      int n = task.labels().length;
      int[] permuted = new int[task.profile().minimum()];
      Arrays.setAll(permuted, i -> n * 3 / 4 + i % 2);
      // Below the null from the third checkpoint on, above it before.
      boolean below = task.profile() == NullProfile.FAST && asked.size() > 4;
      NullScores scores = new NullScores(below ? n / 4 : n, new int[5], permuted);
      Arrays.fill(scores.repeats(), scores.observed());
      return new Scores(
          new NullResult(
              task.profile().classifier().id(),
              task.profile().name(),
              n,
              n / 2,
              false,
              Collections.nCopies(task.sets().size(), scores)),
          1);
    }
  }

  private static final String FAST =
      "{every: 1 epoch, examples: 40, validation: 5, shuffles: [0.1], profile: fast}";

  @Test
  void whatIsBelowTheNullIsScoredAgainWithTheControls() {
    Scripted scorer = new Scripted(0, false);
    ProbedRun run =
        ProbedRun.of(yaml("mlp:196-12-3", FAST).replace("epochs: 2", "epochs: 4"), scorer);

    // The untrained network and the pixels, then two checkpoints as they should be; the fourth and
    // fifth fall below the null, and the first of them brings its controls.
    assertThat(run.of(SValidationScored.class))
        .extracting(
            one -> "%s %s %d".formatted(one.event().profile(), one.event().source(), one.epoch()))
        .containsExactly(
            "FAST NETWORK 0",
            "FAST PIXELS 0",
            "FAST NETWORK 1",
            "FAST NETWORK 2",
            "FAST NETWORK 3",
            "PAPER NETWORK 3",
            "PAPER NETWORK 0",
            "PAPER PIXELS 0",
            "FAST NETWORK 4",
            "PAPER NETWORK 4");
    assertThat(scorer.asked.get(6).train()).isEqualTo(scorer.asked.get(0).train());
    assertThat(scorer.asked.get(5).train()).isEqualTo(scorer.asked.get(4).train());
    assertThat(scorer.asked).extracting(ScoringTask::seed).containsOnly(5L);
    assertThat(scorer.asked.get(0).validation().rows()).isEqualTo(5);
  }

  @Test
  void nothingIsScoredAgainUnlessAskedFor() {
    ProbedRun run =
        ProbedRun.of(
            yaml("mlp:196-12-3", FAST.replace("fast", "fast, confirm: false"))
                .replace("epochs: 2", "epochs: 4"),
            new Scripted(0, false));
    assertThat(run.of(SValidationScored.class))
        .extracting(one -> one.event().profile())
        .containsOnly("FAST")
        .hasSize(6);
  }

  @Test
  void aScorerThatIsBusySkipsTheMeasurement() {
    ProbedRun run = ProbedRun.of(yaml("mlp:196-12-3", FAST), new Scripted(1, true));
    assertThat(run.of(ProbeFailed.class)).isEmpty();
    assertThat(run.report().probes().get(0).skipped()).isEqualTo(1);
    assertThat(run.report().probes().get(0).measured()).isEqualTo(2);
    // The controls come with the next measurement, under the step to which they belong.
    assertThat(run.of(SValidationScored.class))
        .extracting(one -> "%s %d".formatted(one.event().source(), one.epoch()))
        .startsWith("NETWORK 1", "NETWORK 0", "PIXELS 0", "NETWORK 2");
  }

  @Test
  void aScorerThatIsGoneFailsTheMeasurement() {
    ProbedRun run = ProbedRun.of(yaml("mlp:196-12-3", FAST), new Scripted(1, false));
    assertThat(run.of(ProbeFailed.class))
        .extracting(Emitted::event)
        .containsExactly(new ProbeFailed("svalidation", "the scorer cannot be reached"));
    assertThat(run.report().probes().get(0).failed()).isEqualTo(1);
  }

  @Test
  void lostControlsAreToldBesideTheScoreAndTriedAgain() {
    ProbedRun run =
        ProbedRun.of(
            yaml("mlp:196-12-3", FAST.replace("fast", "fast, confirm: false")),
            new Scripted(2, true));
    assertThat(run.of(ProbeFailed.class))
        .extracting(one -> one.event().problem())
        .containsExactly("no controls or no confirmation: the scorer cannot be reached");
    assertThat(of(run, FeatureSource.PIXELS)).extracting(Emitted::epoch).containsExactly(0);
    assertThat(of(run, FeatureSource.NETWORK)).extracting(Emitted::epoch).containsExactly(0, 1, 2);
  }

  @Test
  void badInputCostsTheMeasurementAndNotTheRun() {
    assertThat(failures(yaml("mlp:196-3", SKETCH), LocalScorer.onAllCores()))
        .hasSize(3)
        .containsOnly("the network has one layer, must have a hidden one");
    assertThat(
            failures(
                yaml("mlp:196-12-3", SKETCH) + "optimizer: {learning_rate: 1.0e+38}",
                LocalScorer.onAllCores()))
        .hasSize(2)
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .contains("must be finite: the network has diverged; a lower optimizer"));
    assertThat(
            failures(
                yaml("mlp:196-12-3", SKETCH),
                task -> LocalScorer.onAllCores().score(ofOneClass(task))))
        .hasSize(3)
        .containsOnly("all labels are class 0, must be at least two classes");
  }

  private static ScoringTask ofOneClass(ScoringTask task) {
    int[] zeros = new int[task.labels().length];
    return new ScoringTask(
        task.train(), task.sets(), zeros, null, new int[0], 3, task.profile(), task.seed());
  }

  private static List<String> failures(String yaml, Scorer scorer) {
    return ProbedRun.of(yaml, scorer).of(ProbeFailed.class).stream()
        .map(one -> one.event().problem())
        .toList();
  }
}
