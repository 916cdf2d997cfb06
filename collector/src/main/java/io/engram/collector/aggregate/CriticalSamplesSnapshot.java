package io.engram.collector.aggregate;

import io.engram.events.Split;

/**
 * The searches for critical samples around the examples of a split within one radius (Arpit et al.
 * 2017, §4.1). The ratio is a lower bound of the share that has critical samples, since a search
 * can miss them; no interval tells of that.
 *
 * @param split where the examples come from
 * @param radius half the side of the box, in multiples of 0.3 on the scale of pixels 0 to 255
 * @param looks searches counted
 * @param searchedTotal examples searched around in all of them
 * @param criticalTotal how many times a critical sample was found
 * @param step updates completed before the latest search
 * @param searched examples of the latest search
 * @param critical how many of them have a critical sample that it found
 * @param interval 95 % interval of the latest ratio, as {@link Proportion#interval} has it
 * @param atEveryLook interval of a sequence that holds at all looks at once, as {@link
 *     Proportion#atEveryLook} has it
 * @param change against the search before, where that was around the same examples, else {@link
 *     PairedChange#NONE}
 * @param foundBy element i: how many were found within i + 1 iterations of the latest search; up to
 *     {@value CriticalSamples#MOST_ITERATIONS} elements
 */
public record CriticalSamplesSnapshot(
    Split split,
    double radius,
    long looks,
    long searchedTotal,
    long criticalTotal,
    long step,
    int searched,
    int critical,
    Interval interval,
    Interval atEveryLook,
    PairedChange change,
    int[] foundBy) {

  /** Share of the examples of the latest search that have a critical sample that it found. */
  public double ratio() {
    return (double) critical / searched;
  }

  /** The radius without needless digits, as in {@code 8} or {@code 0.5}. */
  public String radiusLabel() {
    return label(radius);
  }

  static String label(double radius) {
    return radius == Math.rint(radius) && radius < 1e6
        ? Long.toString((long) radius)
        : Double.toString(radius);
  }
}
