package io.engram.trainer.probe;

import io.engram.events.FeatureSource;
import io.engram.events.ProbeFailed;
import io.engram.events.SValidationScored;
import io.engram.events.TrainingEvent;
import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import io.engram.trainer.model.Networks;
import io.engram.trainer.probe.ScoredInputs.Taken;
import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.svalidation.FeatureDiagnostics;
import io.engram.trainer.svalidation.LastHiddenLayer;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.SValidationException;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.svalidation.ScorerException;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.training.LoopListeners.Context;
import io.engram.trainer.training.ParameterSnapshot;
import io.engram.trainer.training.TrainingLoop;
import io.engram.trainer.training.TrainingState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * s-validation (Chaibub Neto 2018, Algorithm 1) of the last hidden layer's features: scored by a
 * shallow classifier on perturbed copies of the examples that it was fitted to, against the null of
 * permuted labels. The same examples, copies, permutations and draws at every checkpoint of a run.
 *
 * <p>The controls that the paper lacks come with the first measurement of a run from its beginning:
 * the untrained network (which it is, as a rule) and the pixels. With {@code confirm}, what the
 * profile FAST leaves undecided or finds below the null is scored by PAPER too, another classifier
 * and a series of its own, whose controls come with the first of these.
 *
 * <p>Fails where features are not finite, where there is no hidden layer, where all labels are one
 * class, and where there are more than 256 classes or 65,535 examples. Where only the controls or
 * the confirmation fail, that is told beside the score, and controls are tried again with the next.
 *
 * <p>Cost: see {@link NullProfile} and the benchmarks; beside it one forward pass of the examples
 * and each of their copies. The pixels are scored whole, on the same examples and sets: 784 columns
 * of 2,000 digits cost FAST about 20 s of processor time at most, once a run, and PAPER about five
 * times that where it is asked for.
 */
final class SValidationProbe implements Probe {
  private final Context context;
  private final ProbesSpec.SValidation spec;
  private final Scorer scorer;
  private final ScoredInputs inputs;
  private final Set<NullProfile> untrained = new HashSet<>();
  private final Set<NullProfile> controlled = new HashSet<>();
  private @Nullable LastHiddenLayer layer;

  SValidationProbe(Context context, Scorer scorer) {
    this.context = context;
    this.scorer = scorer;
    spec = context.spec().probes().svalidation();
    inputs =
        ScoredInputs.of(
            spec,
            context.data(),
            Networks.takesImages(context.configuration()),
            context.spec().training().seed());
    if (context.firstStep() > 0) {
      controlled.add(profile());
    }
  }

  @Override
  public String name() {
    return "svalidation";
  }

  @Override
  public Schedule schedule() {
    return spec.every();
  }

  @Override
  public Measurement prepare(TrainingState state) {
    ParameterSnapshot snapshot = state.snapshot();
    return findings -> measure(snapshot, findings);
  }

  private void measure(ParameterSnapshot snapshot, Findings findings)
      throws ProbeException, ScorerException, InterruptedException {
    long began = System.nanoTime();
    Taken features = features(snapshot.parameters());
    NullResult result = score(FeatureSource.NETWORK, features, profile(), began, findings::add);
    try {
      control(snapshot.step(), profile(), findings);
      if (spec.confirm() && profile() == NullProfile.FAST && isDoubtful(result)) {
        score(FeatureSource.NETWORK, features, NullProfile.PAPER, System.nanoTime(), findings::add);
        control(snapshot.step(), NullProfile.PAPER, findings);
      }
    } catch (ProbeException | ScorerException e) {
      findings.add(
          new ProbeFailed(name(), "no controls or no confirmation: %s".formatted(e.getMessage())));
    }
  }

  private NullProfile profile() {
    return switch (spec.profile()) {
      case PAPER -> NullProfile.PAPER;
      case FAST -> NullProfile.FAST;
      case SKETCH -> NullProfile.SKETCH;
    };
  }

  private static boolean isDoubtful(NullResult result) {
    return result.judgements().stream()
        .map(Judgement::verdict)
        .anyMatch(verdict -> verdict == Verdict.UNDECIDED || verdict == Verdict.BELOW_NULL);
  }

  private void control(long step, NullProfile profile, Findings findings)
      throws ProbeException, ScorerException, InterruptedException {
    if (step == 0) {
      untrained.add(profile);
    }
    if (controlled.contains(profile)) {
      return;
    }
    if (!untrained.contains(profile)) {
      long began = System.nanoTime();
      score(FeatureSource.NETWORK, features(untrained()), profile, began, findings::addOfTheStart);
      untrained.add(profile);
    }
    long began = System.nanoTime();
    score(
        FeatureSource.PIXELS,
        inputs.taken(LastHiddenLayer::pixels),
        profile,
        began,
        findings::addOfTheStart);
    controlled.add(profile);
  }

  private float[] untrained() {
    MultiLayerNetwork network =
        TrainingLoop.untrained(context.spec(), context.data().training(), context.stepsPerEpoch());
    float[] parameters = network.params().dup().data().asFloat();
    network.close();
    return parameters;
  }

  private Taken features(float[] parameters) throws ProbeException {
    if (layer == null) {
      try {
        layer = new LastHiddenLayer(context.configuration());
      } catch (SValidationException e) {
        throw new ProbeException(String.valueOf(e.getMessage()));
      }
    }
    layer.use(parameters);
    try {
      return inputs.taken(layer::of);
    } catch (SValidationException e) {
      throw new ProbeException(
          e.getMessage() + ": the network has diverged; a lower optimizer.learning_rate may help");
    }
  }

  /** Scores, and says so. */
  private NullResult score(
      FeatureSource source,
      Taken features,
      NullProfile profile,
      long began,
      Consumer<TrainingEvent> to)
      throws ProbeException, ScorerException, InterruptedException {
    Scores scores;
    try {
      scores = scorer.score(inputs.task(features, profile));
    } catch (SValidationException e) {
      throw new ProbeException(String.valueOf(e.getMessage()));
    }
    NullResult result = scores.result();
    FeatureDiagnostics found = FeatureDiagnostics.of(features.train());
    List<String> labels = inputs.labels();
    to.accept(
        new SValidationScored(
            source,
            result.classifier(),
            result.profile(),
            result.examples(),
            result.mostCommon(),
            result.complete(),
            IntStream.range(0, labels.size())
                .mapToObj(
                    i -> new SValidationScored.PerturbedSet(labels.get(i), result.sets().get(i)))
                .toList(),
            inputs.validationRows().length,
            scores.validationCorrect(),
            new SValidationScored.Features(
                found.units(),
                found.deadUnits(),
                found.distinctRows(),
                found.meanAbsoluteCorrelation()),
            (System.nanoTime() - began) / 1e9));
    return result;
  }
}
