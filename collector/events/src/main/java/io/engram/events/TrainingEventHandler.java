package io.engram.events;

/** One method for each kind of event: whoever implements it has thought of them all. */
public interface TrainingEventHandler {
  void onRunStarted(EventEnvelope envelope, RunStarted event);

  void onExamplesDescribed(EventEnvelope envelope, ExamplesDescribed event);

  void onStepCompleted(EventEnvelope envelope, StepCompleted event);

  void onExamplesClassified(EventEnvelope envelope, ExamplesClassified event);

  void onGradientNormsMeasured(EventEnvelope envelope, GradientNormsMeasured event);

  void onLossSensitivityMeasured(EventEnvelope envelope, LossSensitivityMeasured event);

  void onCriticalSamplesSearched(EventEnvelope envelope, CriticalSamplesSearched event);

  void onPredictionsMonitored(EventEnvelope envelope, PredictionsMonitored event);

  void onGradientSpectrumMeasured(EventEnvelope envelope, GradientSpectrumMeasured event);

  void onSValidationScored(EventEnvelope envelope, SValidationScored event);

  void onProbeFailed(EventEnvelope envelope, ProbeFailed event);

  void onProbesReported(EventEnvelope envelope, ProbesReported event);

  void onEpochCompleted(EventEnvelope envelope, EpochCompleted event);

  void onCheckpointSaved(EventEnvelope envelope, CheckpointSaved event);

  void onCheckpointsKept(EventEnvelope envelope, CheckpointsKept event);

  void onTrainerReported(EventEnvelope envelope, TrainerReported event);

  void onRunFinished(EventEnvelope envelope, RunFinished event);
}
