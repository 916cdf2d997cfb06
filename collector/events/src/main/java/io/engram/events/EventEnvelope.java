package io.engram.events;

/**
 * An event with its identity, place and time. The identity is (run, incarnation, sequence): two
 * envelopes that agree in it carry the same event.
 *
 * @param run the run that speaks
 * @param incarnation grows with every start of the run, a resumed one included; the trainer uses
 *     the start time in milliseconds since 1970
 * @param sequence 0, 1, 2, … without a gap within an incarnation; a gap at the receiver is a loss
 * @param epoch passes over the training set that were completed before the event; 0 = untrained
 * @param step parameter updates that were completed before the forward pass that was measured
 * @param timestampMillis when the event was emitted, in milliseconds since 1970
 * @param event what is said
 */
public record EventEnvelope(
    RunId run,
    long incarnation,
    long sequence,
    int epoch,
    long step,
    long timestampMillis,
    TrainingEvent event) {

  /**
   * @throws IllegalArgumentException if incarnation, sequence, epoch or step is negative
   */
  public EventEnvelope {
    if (incarnation < 0 || sequence < 0 || epoch < 0 || step < 0) {
      throw new IllegalArgumentException(
          "envelope of run %s: incarnation %d, sequence %d, epoch %d and step %d must not be negative"
              .formatted(run, incarnation, sequence, epoch, step));
    }
  }

  /** Calls the handler's method for the kind of event inside. */
  public void dispatch(TrainingEventHandler handler) {
    event.accept(this, handler);
  }
}
