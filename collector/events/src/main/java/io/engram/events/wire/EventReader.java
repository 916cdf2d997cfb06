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
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.SValidationScored;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import java.util.HashMap;
import java.util.Map;

/** The fields of envelopes and events in the order of {@link EventWriter}. */
final class EventReader {
  private static final int LEAST_STRING = Integer.BYTES;
  private static final int LEAST_BLOCK = Integer.BYTES;
  private static final int LEAST_DROPPED = LEAST_STRING + Long.BYTES;

  private EventReader() {}

  /**
   * Reads a frame's payload: the envelope as a block, then the event; bytes after the fields that
   * this version knows are ignored.
   */
  static EventEnvelope envelope(EventKind kind, WireInput in) {
    WireInput place = in.getBlock(block -> block);
    return new EventEnvelope(
        new RunId(place.getString()),
        place.getLong(),
        place.getLong(),
        place.getInt(),
        place.getLong(),
        place.getLong(),
        kind.read(in));
  }

  static RunStarted runStarted(WireInput in) {
    return new RunStarted(
        in.getBlock(EventReader::dataset),
        in.getBlock(EventReader::noise),
        in.getBlock(EventReader::network),
        in.getBlock(EventReader::training),
        in.getBlock(b -> new RunStarted.Device(b.getString(), b.getString())),
        in.getLong(),
        in.hasMore() ? in.getBlock(EventReader::onset) : RunStarted.Onset.DEFAULT);
  }

  private static RunStarted.Onset onset(WireInput in) {
    return new RunStarted.Onset(in.getDouble(), in.getDouble());
  }

  private static RunStarted.Dataset dataset(WireInput in) {
    return new RunStarted.Dataset(
        in.getString(),
        in.getString(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getDouble(),
        in.getDouble());
  }

  private static RunStarted.Noise noise(WireInput in) {
    return new RunStarted.Noise(
        in.getString(),
        in.getDouble(),
        in.getInt(),
        in.getString(),
        in.getDouble(),
        in.getInt(),
        in.getInt());
  }

  private static RunStarted.Network network(WireInput in) {
    return new RunStarted.Network(
        in.getString(),
        in.getLong(),
        in.getEach(LEAST_STRING, WireInput::getString),
        in.getEach(LEAST_STRING, WireInput::getString));
  }

  private static RunStarted.Training training(WireInput in) {
    return new RunStarted.Training(
        in.getString(), in.getDouble(), in.getInt(), in.getInt(), in.getInt(), in.getLong());
  }

  static ExamplesDescribed examplesDescribed(WireInput in) {
    return new ExamplesDescribed(
        EnumCodes.exampleRole(in.getByte()), in.getInts(), in.getInts(), in.getInts());
  }

  static StepCompleted stepCompleted(WireInput in) {
    return new StepCompleted(
        in.getInt(), in.getInt(), in.getDouble(), in.getDouble(), in.getDouble());
  }

  static ExamplesClassified examplesClassified(WireInput in) {
    return new ExamplesClassified(
        in.getInts(),
        in.getInts(),
        in.getInts(),
        in.getFloats(),
        in.getFloats(),
        in.getFloats(),
        in.getFloats(),
        in.getFloats(),
        in.getFloats());
  }

  static GradientNormsMeasured gradientNormsMeasured(WireInput in) {
    return new GradientNormsMeasured(in.getDoubles(), in.getDoubles(), in.getDoubles());
  }

  static LossSensitivityMeasured lossSensitivityMeasured(WireInput in) {
    return new LossSensitivityMeasured(
        EnumCodes.sensitivityKind(in.getByte()),
        in.getLong(),
        in.getInts(),
        in.getDoubles(),
        in.getInt(),
        in.getDoubles());
  }

  static CriticalSamplesSearched criticalSamplesSearched(WireInput in) {
    return new CriticalSamplesSearched(
        EnumCodes.split(in.getByte()), in.getDouble(), in.getInt(), in.getInts(), in.getInts());
  }

  static PredictionsMonitored predictionsMonitored(WireInput in) {
    return new PredictionsMonitored(
        EnumCodes.exampleRole(in.getByte()),
        in.getBoolean(),
        in.getInt(),
        in.getInts(),
        in.getInts(),
        in.getFloats(),
        in.getFloats(),
        in.getInts());
  }

  static GradientSpectrumMeasured gradientSpectrumMeasured(WireInput in) {
    return new GradientSpectrumMeasured(in.getInt(), in.getDoubles());
  }

  static SValidationScored sValidationScored(WireInput in) {
    return new SValidationScored(
        EnumCodes.featureSource(in.getByte()),
        in.getString(),
        in.getString(),
        in.getInt(),
        in.getInt(),
        in.getBoolean(),
        in.getEach(LEAST_BLOCK, element -> element.getBlock(EventReader::perturbedSet)),
        in.getInt(),
        in.getInt(),
        in.getBlock(EventReader::features),
        in.getDouble());
  }

  private static SValidationScored.PerturbedSet perturbedSet(WireInput in) {
    return new SValidationScored.PerturbedSet(
        in.getString(), new NullScores(in.getInt(), in.getInts(), in.getInts()));
  }

  private static SValidationScored.Features features(WireInput in) {
    return new SValidationScored.Features(in.getInt(), in.getInt(), in.getInt(), in.getDouble());
  }

  static ProbeFailed probeFailed(WireInput in) {
    return new ProbeFailed(in.getString(), in.getString());
  }

  static ProbesReported probesReported(WireInput in) {
    return new ProbesReported(
        in.getEach(LEAST_BLOCK, element -> element.getBlock(EventReader::probe)));
  }

  private static ProbesReported.Probe probe(WireInput in) {
    return new ProbesReported.Probe(
        in.getString(), in.getLong(), in.getLong(), in.getLong(), in.getDouble());
  }

  static EpochCompleted epochCompleted(WireInput in) {
    return new EpochCompleted(
        in.getEach(LEAST_BLOCK, element -> element.getBlock(EventReader::evaluation)),
        in.getDouble());
  }

  private static Evaluation evaluation(WireInput in) {
    return new Evaluation(
        EnumCodes.split(in.getByte()),
        EnumCodes.labelGroup(in.getByte()),
        in.getLong(),
        in.getLong(),
        in.getDouble());
  }

  static CheckpointSaved checkpointSaved(WireInput in) {
    return new CheckpointSaved(in.getString());
  }

  static CheckpointsKept checkpointsKept(WireInput in) {
    return new CheckpointsKept(in.getEach(Long.BYTES, WireInput::getLong), in.getLong());
  }

  static TrainerReported trainerReported(WireInput in) {
    TrainerReported.State state = EnumCodes.state(in.getByte());
    long emitted = in.getLong();
    Map<String, Long> dropped = new HashMap<>();
    for (var entry :
        in.getEach(LEAST_DROPPED, element -> Map.entry(element.getString(), element.getLong()))) {
      if (dropped.put(entry.getKey(), entry.getValue()) != null) {
        throw new IllegalArgumentException("reason '%s' twice".formatted(entry.getKey()));
      }
    }
    return new TrainerReported(
        state,
        emitted,
        dropped,
        in.hasMore() ? in.getBlock(EventReader::spool) : TrainerReported.Spool.NONE);
  }

  private static TrainerReported.Spool spool(WireInput in) {
    return new TrainerReported.Spool(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.hasMore() ? in.getLong() : 0,
        in.hasMore() ? in.getLong() : 0);
  }

  static RunFinished runFinished(WireInput in) {
    return new RunFinished(EnumCodes.outcome(in.getByte()), in.getString());
  }
}
