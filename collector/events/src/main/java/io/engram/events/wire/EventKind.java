package io.engram.events.wire;

import io.engram.events.TrainingEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The byte that stands for each kind of event, for ever, and how its fields are read. */
enum EventKind {
  RUN_STARTED(1, EventReader::runStarted),
  EXAMPLES_DESCRIBED(2, EventReader::examplesDescribed),
  STEP_COMPLETED(3, EventReader::stepCompleted),
  EXAMPLES_CLASSIFIED(4, EventReader::examplesClassified),
  GRADIENT_NORMS_MEASURED(5, EventReader::gradientNormsMeasured),
  EPOCH_COMPLETED(6, EventReader::epochCompleted),
  CHECKPOINT_SAVED(7, EventReader::checkpointSaved),
  TRAINER_REPORTED(8, EventReader::trainerReported),
  RUN_FINISHED(9, EventReader::runFinished),
  LOSS_SENSITIVITY_MEASURED(10, EventReader::lossSensitivityMeasured),
  CRITICAL_SAMPLES_SEARCHED(11, EventReader::criticalSamplesSearched),
  PREDICTIONS_MONITORED(12, EventReader::predictionsMonitored),
  GRADIENT_SPECTRUM_MEASURED(13, EventReader::gradientSpectrumMeasured),
  PROBE_FAILED(14, EventReader::probeFailed),
  PROBES_REPORTED(15, EventReader::probesReported),
  SVALIDATION_SCORED(16, EventReader::sValidationScored),
  CHECKPOINTS_KEPT(17, EventReader::checkpointsKept);

  private static final Map<Integer, EventKind> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventKind::code, k -> k));

  private final int code;
  private final Function<WireInput, TrainingEvent> reader;

  EventKind(int code, Function<WireInput, TrainingEvent> reader) {
    this.code = code;
    this.reader = reader;
  }

  static @Nullable EventKind of(int code) {
    return BY_CODE.get(code);
  }

  int code() {
    return code;
  }

  TrainingEvent read(WireInput in) {
    return reader.apply(in);
  }
}
