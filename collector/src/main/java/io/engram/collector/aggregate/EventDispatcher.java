package io.engram.collector.aggregate;

import io.engram.events.CheckpointSaved;
import io.engram.events.CheckpointsKept;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.SValidationScored;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEventHandler;

/** Hands each event of a run to the aggregators that it concerns. */
final class EventDispatcher implements TrainingEventHandler {
  private final RunAggregate run;

  EventDispatcher(RunAggregate run) {
    this.run = run;
  }

  @Override
  public void onRunStarted(EventEnvelope envelope, RunStarted event) {
    if (!run.resumed && event.resumedFromStep() >= 0) {
      run.redone.onKept(run.history.progress.nextStep() - event.resumedFromStep());
    }
    run.resumed = false;
    run.lifecycle.onRunStarted(BoundedHeader.of(event));
    run.history.gradients.onLayers(event.network().layers());
    run.history.examples.onTrainingExamples(event.dataset().trainingExamples());
    run.history.examples.onStepsPerEpoch(event.training().stepsPerEpoch());
    run.history.monitor.onRunStarted(event);
    run.history.svalidation.onRunStarted(event.resumedFromStep());
  }

  @Override
  public void onExamplesDescribed(EventEnvelope envelope, ExamplesDescribed event) {
    run.history.examples.onExamplesDescribed(event);
  }

  @Override
  public void onStepCompleted(EventEnvelope envelope, StepCompleted event) {
    run.history.progress.onStepCompleted(envelope.step(), event);
  }

  @Override
  public void onExamplesClassified(EventEnvelope envelope, ExamplesClassified event) {
    run.history.examples.onExamplesClassified(envelope.epoch(), envelope.step(), event);
  }

  @Override
  public void onGradientNormsMeasured(EventEnvelope envelope, GradientNormsMeasured event) {
    boolean taken = run.history.gradients.onGradientNormsMeasured(envelope.step(), event);
    run.countMismatch(taken);
    if (taken && run.history.gradients.isCut()) {
      run.cut++;
    }
  }

  @Override
  public void onLossSensitivityMeasured(EventEnvelope envelope, LossSensitivityMeasured event) {
    run.countMismatch(run.history.sensitivity.onMeasured(envelope.step(), event));
  }

  @Override
  public void onCriticalSamplesSearched(EventEnvelope envelope, CriticalSamplesSearched event) {
    run.countMismatch(run.history.criticalSamples.onSearched(envelope.step(), event));
  }

  @Override
  public void onPredictionsMonitored(EventEnvelope envelope, PredictionsMonitored event) {
    run.countMismatch(
        run.history.monitor.onPredictionsMonitored(
            envelope.epoch(), envelope.step(), event, run.history.examples));
  }

  @Override
  public void onGradientSpectrumMeasured(EventEnvelope envelope, GradientSpectrumMeasured event) {
    run.history.spectrum.onGradientSpectrumMeasured(envelope.step(), event);
  }

  @Override
  public void onSValidationScored(EventEnvelope envelope, SValidationScored event) {
    run.countMismatch(run.history.svalidation.onScored(envelope, event));
  }

  @Override
  public void onProbeFailed(EventEnvelope envelope, ProbeFailed event) {
    run.probes.onProbeFailed(event);
  }

  @Override
  public void onProbesReported(EventEnvelope envelope, ProbesReported event) {
    run.probes.onProbesReported(event);
  }

  @Override
  public void onEpochCompleted(EventEnvelope envelope, EpochCompleted event) {
    run.history.progress.onEpochCompleted(envelope.epoch(), event.durationSeconds());
    run.history.evaluations.onEpochCompleted(envelope.epoch(), envelope.step(), event);
    run.history.examples.onEpochCompleted(envelope.epoch(), envelope.step());
  }

  @Override
  public void onCheckpointSaved(EventEnvelope envelope, CheckpointSaved event) {
    run.lifecycle.onCheckpointSaved(envelope, event);
  }

  /** It is for who keeps states of the run; the run itself is as before. */
  @Override
  public void onCheckpointsKept(EventEnvelope envelope, CheckpointsKept event) {}

  @Override
  public void onTrainerReported(EventEnvelope envelope, TrainerReported event) {
    run.lifecycle.onTrainerReported(event);
    run.reports.onTrainerReported(event);
    run.reports.check(run.sequences.missed(), run.undecodable);
  }

  @Override
  public void onRunFinished(EventEnvelope envelope, RunFinished event) {
    run.lifecycle.onRunFinished(event);
  }
}
