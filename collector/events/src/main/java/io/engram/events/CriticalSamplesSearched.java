package io.engram.events;

/**
 * A search for critical samples: inputs within a box around an example that are classified
 * otherwise than the example itself (Arpit et al. 2017, §4.1). What a search finds exists; what it
 * does not find may exist all the same, so the count is a lower bound.
 *
 * @param split where the examples come from; {@link Split#NOISE} for inputs that are noise
 * @param radius half the side of the box, in multiples of 0.3 on the scale of pixels 0 to 255
 * @param iterations steps that the search took at most, at least 1
 * @param ids examples searched around, the same ones and with the same random steps in every event
 *     of a split of the run; for noise their numbers from 0
 * @param foundAt row i speaks of {@code ids[i]}: the iteration, from 1, at which a critical sample
 *     was found, or 0 where none was
 */
public record CriticalSamplesSearched(
    Split split, double radius, int iterations, int[] ids, int[] foundAt) implements TrainingEvent {
  /**
   * @throws IllegalArgumentException if the radius is not greater than 0, the lengths differ or an
   *     iteration is out of range
   */
  public CriticalSamplesSearched {
    if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "CriticalSamplesSearched.radius %s must be greater than 0".formatted(radius));
    }
    Lengths.requireSame("CriticalSamplesSearched.foundAt", foundAt.length, ids.length);
    for (int iteration : foundAt) {
      if (iteration < 0 || iteration > iterations) {
        throw new IllegalArgumentException(
            "CriticalSamplesSearched.foundAt %d is not between 0 and iterations %d"
                .formatted(iteration, iterations));
      }
    }
  }

  /** Examples for which a critical sample was found. */
  public int critical() {
    int count = 0;
    for (int iteration : foundAt) {
      count += iteration > 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onCriticalSamplesSearched(envelope, this);
  }
}
