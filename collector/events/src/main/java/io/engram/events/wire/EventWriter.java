package io.engram.events.wire;

import io.engram.events.CheckpointSaved;
import io.engram.events.CheckpointsKept;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.NullScores;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.SValidationScored;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEventHandler;
import java.util.TreeMap;

/** Writes one frame for each event that it is handed; equal events give equal bytes. */
final class EventWriter implements TrainingEventHandler {
  private final WireOutput out;

  EventWriter(WireOutput out) {
    this.out = out;
  }

  @Override
  public void onRunStarted(EventEnvelope envelope, RunStarted event) {
    frame(
        EventKind.RUN_STARTED,
        envelope,
        () -> {
          out.putBlock(() -> dataset(event.dataset()));
          out.putBlock(() -> noise(event.noise()));
          out.putBlock(() -> network(event.network()));
          out.putBlock(() -> training(event.training()));
          out.putBlock(
              () -> {
                out.putString(event.device().backend());
                out.putString(event.device().name());
              });
          out.putLong(event.resumedFromStep());
          out.putBlock(
              () -> {
                out.putDouble(event.onset().falseAlarm());
                out.putDouble(event.onset().noiseRate());
              });
        });
  }

  private void dataset(RunStarted.Dataset dataset) {
    out.putString(dataset.name());
    out.putString(dataset.sha256());
    out.putInt(dataset.trainingExamples());
    out.putInt(dataset.validationExamples());
    out.putInt(dataset.classes());
    out.putInt(dataset.height());
    out.putInt(dataset.width());
    out.putInt(dataset.channels());
    out.putDouble(dataset.inputMean());
    out.putDouble(dataset.inputStandardDeviation());
  }

  private void noise(RunStarted.Noise noise) {
    out.putString(noise.inputs());
    out.putDouble(noise.inputShare());
    out.putInt(noise.inputsReplaced());
    out.putString(noise.labels());
    out.putDouble(noise.labelShare());
    out.putInt(noise.labelsSelected());
    out.putInt(noise.labelsFlipped());
  }

  private void network(RunStarted.Network network) {
    out.putString(network.name());
    out.putLong(network.parameters());
    out.putEach(network.layers(), out::putString);
    out.putEach(network.unavailable(), out::putString);
  }

  private void training(RunStarted.Training training) {
    out.putString(training.optimizer());
    out.putDouble(training.learningRate());
    out.putInt(training.batchSize());
    out.putInt(training.epochs());
    out.putInt(training.stepsPerEpoch());
    out.putLong(training.seed());
  }

  @Override
  public void onExamplesDescribed(EventEnvelope envelope, ExamplesDescribed event) {
    frame(
        EventKind.EXAMPLES_DESCRIBED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.role()));
          out.putInts(event.ids());
          out.putInts(event.givenLabels());
          out.putInts(event.trueLabels());
        });
  }

  @Override
  public void onStepCompleted(EventEnvelope envelope, StepCompleted event) {
    frame(
        EventKind.STEP_COMPLETED,
        envelope,
        () -> {
          out.putInt(event.examples());
          out.putInt(event.correct());
          out.putDouble(event.lossSum());
          out.putDouble(event.learningRate());
          out.putDouble(event.durationSeconds());
        });
  }

  @Override
  public void onExamplesClassified(EventEnvelope envelope, ExamplesClassified event) {
    frame(
        EventKind.EXAMPLES_CLASSIFIED,
        envelope,
        () -> {
          out.putInts(event.ids());
          out.putInts(event.given());
          out.putInts(event.predicted());
          out.putFloats(event.loss());
          out.putFloats(event.margin());
          out.putFloats(event.inputGradientL1());
          out.putFloats(event.inputGradientL2());
          out.putFloats(event.gradientNorm());
          out.putFloats(event.layerGradientNorms());
        });
  }

  @Override
  public void onGradientNormsMeasured(EventEnvelope envelope, GradientNormsMeasured event) {
    frame(
        EventKind.GRADIENT_NORMS_MEASURED,
        envelope,
        () -> {
          out.putDoubles(event.gradient());
          out.putDoubles(event.update());
          out.putDoubles(event.parameters());
        });
  }

  @Override
  public void onLossSensitivityMeasured(EventEnvelope envelope, LossSensitivityMeasured event) {
    frame(
        EventKind.LOSS_SENSITIVITY_MEASURED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.kind()));
          out.putLong(event.updates());
          out.putInts(event.ids());
          out.putDoubles(event.sensitivity());
          out.putInt(event.classes());
          out.putDoubles(event.classMatrix());
        });
  }

  @Override
  public void onCriticalSamplesSearched(EventEnvelope envelope, CriticalSamplesSearched event) {
    frame(
        EventKind.CRITICAL_SAMPLES_SEARCHED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.split()));
          out.putDouble(event.radius());
          out.putInt(event.iterations());
          out.putInts(event.ids());
          out.putInts(event.foundAt());
        });
  }

  @Override
  public void onPredictionsMonitored(EventEnvelope envelope, PredictionsMonitored event) {
    frame(
        EventKind.PREDICTIONS_MONITORED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.role()));
          out.putBoolean(event.completesLook());
          out.putInt(event.classes());
          out.putInts(event.ids());
          out.putInts(event.top());
          out.putFloats(event.probabilities());
          out.putFloats(event.givenProbability());
          out.putInts(event.givenRank());
        });
  }

  @Override
  public void onGradientSpectrumMeasured(EventEnvelope envelope, GradientSpectrumMeasured event) {
    frame(
        EventKind.GRADIENT_SPECTRUM_MEASURED,
        envelope,
        () -> {
          out.putInt(event.examples());
          out.putDoubles(event.eigenvalues());
        });
  }

  @Override
  public void onSValidationScored(EventEnvelope envelope, SValidationScored event) {
    frame(
        EventKind.SVALIDATION_SCORED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.source()));
          out.putString(event.classifier());
          out.putString(event.profile());
          out.putInt(event.examples());
          out.putInt(event.mostCommon());
          out.putBoolean(event.complete());
          out.putEach(event.sets(), set -> out.putBlock(() -> perturbedSet(set)));
          out.putInt(event.validationExamples());
          out.putInt(event.validationCorrect());
          out.putBlock(() -> features(event.features()));
          out.putDouble(event.durationSeconds());
        });
  }

  private void perturbedSet(SValidationScored.PerturbedSet set) {
    NullScores scores = set.scores();
    out.putString(set.name());
    out.putInt(scores.observed());
    out.putInts(scores.repeats());
    out.putInts(scores.permuted());
  }

  private void features(SValidationScored.Features features) {
    out.putInt(features.units());
    out.putInt(features.deadUnits());
    out.putInt(features.distinctRows());
    out.putDouble(features.meanAbsoluteCorrelation());
  }

  @Override
  public void onProbeFailed(EventEnvelope envelope, ProbeFailed event) {
    frame(
        EventKind.PROBE_FAILED,
        envelope,
        () -> {
          out.putString(event.probe());
          out.putString(event.problem());
        });
  }

  @Override
  public void onProbesReported(EventEnvelope envelope, ProbesReported event) {
    frame(
        EventKind.PROBES_REPORTED,
        envelope,
        () -> out.putEach(event.probes(), p -> out.putBlock(() -> probe(p))));
  }

  private void probe(ProbesReported.Probe probe) {
    out.putString(probe.probe());
    out.putLong(probe.measured());
    out.putLong(probe.failed());
    out.putLong(probe.skipped());
    out.putDouble(probe.seconds());
  }

  @Override
  public void onEpochCompleted(EventEnvelope envelope, EpochCompleted event) {
    frame(
        EventKind.EPOCH_COMPLETED,
        envelope,
        () -> {
          out.putEach(event.evaluations(), e -> out.putBlock(() -> evaluation(e)));
          out.putDouble(event.durationSeconds());
        });
  }

  private void evaluation(Evaluation evaluation) {
    out.putByte(EnumCodes.of(evaluation.split()));
    out.putByte(EnumCodes.of(evaluation.labels()));
    out.putLong(evaluation.examples());
    out.putLong(evaluation.correct());
    out.putDouble(evaluation.lossSum());
  }

  @Override
  public void onCheckpointSaved(EventEnvelope envelope, CheckpointSaved event) {
    frame(EventKind.CHECKPOINT_SAVED, envelope, () -> out.putString(event.location()));
  }

  @Override
  public void onCheckpointsKept(EventEnvelope envelope, CheckpointsKept event) {
    frame(
        EventKind.CHECKPOINTS_KEPT,
        envelope,
        () -> {
          out.putEach(event.steps(), out::putLong);
          out.putLong(event.beforeOnset());
        });
  }

  @Override
  public void onTrainerReported(EventEnvelope envelope, TrainerReported event) {
    frame(
        EventKind.TRAINER_REPORTED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.state()));
          out.putLong(event.emitted());
          out.putEach(
              new TreeMap<>(event.dropped()).entrySet(),
              entry -> {
                out.putString(entry.getKey());
                out.putLong(entry.getValue());
              });
          out.putBlock(
              () -> {
                out.putLong(event.spool().bytes());
                out.putLong(event.spool().waiting());
                out.putLong(event.spool().failures());
                out.putLong(event.spool().quotaBytes());
                out.putLong(event.spool().lagMillis());
              });
        });
  }

  @Override
  public void onRunFinished(EventEnvelope envelope, RunFinished event) {
    frame(
        EventKind.RUN_FINISHED,
        envelope,
        () -> {
          out.putByte(EnumCodes.of(event.outcome()));
          out.putString(event.detail());
        });
  }

  private void frame(EventKind kind, EventEnvelope envelope, Runnable fields) {
    int start = out.position();
    out.putInt(WireFormatV1.MAGIC);
    out.putByte(WireFormatV1.VERSION);
    out.putByte(kind.code());
    out.putBlock(
        () -> {
          out.putBlock(() -> place(envelope));
          fields.run();
        });
    out.putInt(out.crc32c(start));
    int size = out.position() - start;
    if (size > WireFormatV1.MAX_FRAME_BYTES) {
      out.truncate(start);
      throw new IllegalArgumentException(
          "%s of run %s, sequence %d, takes %d bytes; a frame has at most %d: emit smaller chunks"
              .formatted(
                  envelope.event().getClass().getSimpleName(),
                  envelope.run(),
                  envelope.sequence(),
                  size,
                  WireFormatV1.MAX_FRAME_BYTES));
    }
  }

  private void place(EventEnvelope envelope) {
    out.putString(envelope.run().value());
    out.putLong(envelope.incarnation());
    out.putLong(envelope.sequence());
    out.putInt(envelope.epoch());
    out.putLong(envelope.step());
    out.putLong(envelope.timestampMillis());
  }
}
