package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import java.util.Arrays;

/**
 * The monitored examples of one role at a look, those whose given label is known and whose
 * probabilities are numbers. Element i of each array speaks of the same example; the order is the
 * same at every look. E is the exponential mean of an example's probabilities. Arrays must not be
 * changed.
 *
 * @param role what the examples are for
 * @param classes number of classes
 * @param meansFrom the step at which the means began; later than the first look only after the run
 *     went back to an earlier step
 * @param given given labels
 * @param predicted most probable class at this look
 * @param held the class of highest E, the lowest index among equals
 * @param confidence the highest E, 0 to 1
 * @param standing rank of the given label by E among the classes other than the one held, 0 for the
 *     least and 1 for the most probable, ties by half; NaN where the given label is the one held,
 *     or with two classes
 * @param consensus the class of highest mean of three times the time constant
 * @param ranked canaries and ghosts whose label has a rank at this look; 0 for other roles
 * @param rankSum sum over them of how many of the wrong classes are less probable than the label,
 *     by this look's probabilities. Of labels drawn uniformly from the wrong classes each term is
 *     stochastically no larger than uniform on 0 … classes - 2, as ties count as more probable
 */
public record MonitoredView(
    ExampleRole role,
    int classes,
    long meansFrom,
    int[] given,
    int[] predicted,
    int[] held,
    float[] confidence,
    float[] standing,
    int[] consensus,
    int ranked,
    long rankSum) {

  /** Of the same look, but for the first examples only. */
  MonitoredView first(int size) {
    return new MonitoredView(
        role,
        classes,
        meansFrom,
        Arrays.copyOf(given, size),
        Arrays.copyOf(predicted, size),
        Arrays.copyOf(held, size),
        Arrays.copyOf(confidence, size),
        Arrays.copyOf(standing, size),
        Arrays.copyOf(consensus, size),
        ranked,
        rankSum);
  }

  /** How many examples it speaks of. */
  public int size() {
    return given.length;
  }
}
