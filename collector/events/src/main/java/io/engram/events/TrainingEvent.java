package io.engram.events;

/** Something a training run says about itself. Travels inside an {@link EventEnvelope}. */
public sealed interface TrainingEvent
    permits RunStarted,
        ExamplesDescribed,
        StepCompleted,
        ExamplesClassified,
        GradientNormsMeasured,
        LossSensitivityMeasured,
        CriticalSamplesSearched,
        PredictionsMonitored,
        GradientSpectrumMeasured,
        SValidationScored,
        ProbeFailed,
        ProbesReported,
        EpochCompleted,
        CheckpointSaved,
        CheckpointsKept,
        TrainerReported,
        RunFinished {

  /** Calls the handler's method for this kind of event. */
  void accept(EventEnvelope envelope, TrainingEventHandler handler);
}
