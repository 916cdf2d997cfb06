package io.engram.collector.onset;

import io.engram.collector.aggregate.MonitoredView;
import java.util.Arrays;

/**
 * The most confident of a role's examples, of equally confident ones those that come first. One
 * sort for all shares.
 */
final class MostConfident {
  private static final float MIDDLE = 0.5f;

  private final MonitoredView view;
  private final float[] ascending;

  MostConfident(MonitoredView view) {
    this.view = view;
    ascending = view.confidence().clone();
    Arrays.sort(ascending);
  }

  /** How many examples a share is. */
  static int count(MonitoredView view, double share) {
    return (int) Math.round(view.size() * share);
  }

  /** Share of the most confident examples whose held class is not their given label. */
  double contradicted(double share) {
    return sum(share, false) / count(view, share);
  }

  /**
   * Share of the most confident examples whose label was drawn from all classes but the one held,
   * as Storey (2002) estimates a share of true null hypotheses: of labels so drawn half stand in
   * the lower half of these classes, where right labels of hard examples seldom stand. So it is
   * twice the share that stand there, those in the middle counting half; too high by twice the
   * share of right labels that stand there. 0 with two classes, where no label has a standing.
   */
  double arbitrary(double share) {
    return sum(share, true) / MIDDLE / count(view, share);
  }

  private double sum(double share, boolean low) {
    int count = count(view, share);
    float least = ascending[ascending.length - count];
    int ties = count;
    for (int i = ascending.length - 1; i >= 0 && ascending[i] > least; i--) {
      ties--;
    }
    double sum = 0;
    float[] confidence = view.confidence();
    for (int i = 0; i < confidence.length; i++) {
      if (confidence[i] > least || (confidence[i] == least && ties-- > 0)) {
        sum += low ? low(view.standing()[i]) : view.held()[i] == view.given()[i] ? 0 : 1;
      }
    }
    return sum;
  }

  private static double low(float standing) {
    return standing < MIDDLE ? 1 : standing == MIDDLE ? MIDDLE : 0;
  }
}
