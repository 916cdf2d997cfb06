package io.engram.events;

import java.util.List;

/**
 * What the probes of a run have done and cost so far in this incarnation, emitted with every {@link
 * TrainerReported} of a run that has probes.
 *
 * @param probes one for each probe
 */
public record ProbesReported(List<Probe> probes) implements TrainingEvent {
  /**
   * @param probe its name in the run file
   * @param measured times it measured
   * @param failed times it was due and could not, see {@link ProbeFailed}
   * @param skipped times it was due and was left out, because measurements of before had filled the
   *     queue of the probe workers, or given up, because the run ended
   * @param seconds wall time of its measurements, on whatever thread
   */
  public record Probe(String probe, long measured, long failed, long skipped, double seconds) {}

  public ProbesReported {
    probes = List.copyOf(probes);
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onProbesReported(envelope, this);
  }
}
