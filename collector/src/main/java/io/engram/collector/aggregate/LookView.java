package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import java.util.List;
import java.util.Optional;

/**
 * A completed look at the monitored examples, example by example.
 *
 * @param look 1 for the first completed look of the run, 2, … ; looks done again after a resume
 *     count again
 * @param epoch passes over the training set completed before
 * @param step updates completed before; less than at the look before where a resumed run goes back
 * @param stepsPerEpoch steps of an epoch, 0 where the run's header never came
 * @param timeConstant of the exponential means, in steps
 * @param roles one for each role that the look has
 */
public record LookView(
    long look,
    int epoch,
    long step,
    int stepsPerEpoch,
    double timeConstant,
    List<MonitoredView> roles) {
  private static final double SHORTEST_TIME_CONSTANT = 25;

  public LookView {
    roles = List.copyOf(roles);
  }

  /** Of the exponential means of a run, in steps: an epoch, but 25 steps at least. */
  public static double timeConstant(int stepsPerEpoch) {
    return Math.max(stepsPerEpoch, SHORTEST_TIME_CONSTANT);
  }

  /** The examples of a role, if the look has any. */
  public Optional<MonitoredView> role(ExampleRole role) {
    return roles.stream().filter(view -> view.role() == role).findFirst();
  }
}
