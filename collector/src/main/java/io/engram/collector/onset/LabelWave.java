package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import io.engram.events.OnsetChannel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Label Wave (Yuan, Feng, Liu 2024), for comparison: the number of training examples whose
 * prediction differs from that of the epoch before, averaged over three epochs, has not been lower
 * for five epochs than at its minimum. It raises when that is known, and dates back to the minimum.
 * The paper gives no value for the patience of five epochs, and speaks of predictions in training
 * mode; these are in evaluation mode.
 *
 * <p>Guarantee: none. In the pilot 91 of 118 clean runs raised it.
 *
 * <p>Assumes label noise, a fixed learning rate and little regularization, as the paper says
 * itself. Blind spots: cannot tell the end of learning from the beginning of memorizing; needs a
 * look at the end of each epoch.
 */
final class LabelWave implements OnsetDetector {
  static final String NAME = "label_wave";

  private int[] before = {};
  private int epoch;
  private int comparisons;
  private final double[] changes = new double[Constants.WAVE_WINDOW];
  private double least = Double.POSITIVE_INFINITY;
  private long leastStep = Reading.NO_ESTIMATE;
  private int patience;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OnsetChannel channel() {
    return OnsetChannel.ONSET;
  }

  @Override
  public Reading onLook(LookView look, Signals signals) {
    Optional<MonitoredView> training = look.role(ExampleRole.TRAINING);
    if (training.isEmpty() || training.get().size() == 0) {
      return Reading.unknown(Reason.of("no training examples are monitored"));
    }
    int[] now = training.get().predicted();
    if (signals.wentBack() || now.length != before.length) {
      begin(now, look.epoch());
    } else if (look.epoch() > epoch) {
      count(now, look);
    }
    if (comparisons < Constants.WAVE_WINDOW) {
      return Reading.unknown(
          Reason.of(
              "predictions of %d epochs were compared, %d are needed",
              comparisons, Constants.WAVE_WINDOW));
    }
    boolean raised = patience >= Constants.WAVE_PATIENCE;
    Reason why =
        Reason.of(
            "prediction changes from epoch to epoch were fewest (%.1f) at step %d, and have not been"
                + " fewer for %d epochs (threshold %d)",
            least, leastStep, patience, Constants.WAVE_PATIENCE);
    return Reading.of(raised, patience, Constants.WAVE_PATIENCE, why)
        .datedBack(raised ? leastStep : Reading.NO_ESTIMATE);
  }

  private void begin(int[] now, int atEpoch) {
    before = now.clone();
    epoch = atEpoch;
    comparisons = 0;
    least = Double.POSITIVE_INFINITY;
    leastStep = Reading.NO_ESTIMATE;
    patience = 0;
  }

  private void count(int[] now, LookView look) {
    int changed = 0;
    for (int i = 0; i < now.length; i++) {
      changed += now[i] == before[i] ? 0 : 1;
    }
    before = now.clone();
    epoch = look.epoch();
    changes[comparisons % changes.length] = changed;
    comparisons++;
    if (comparisons < changes.length) {
      return;
    }
    double sum = 0;
    for (double each : changes) {
      sum += each;
    }
    double mean = sum / changes.length;
    boolean lower = mean < least;
    patience = lower ? 0 : patience + 1;
    least = lower ? mean : least;
    leastStep = lower ? look.step() : leastStep;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(before.length);
    for (int each : before) {
      out.writeInt(each);
    }
    out.writeInt(epoch);
    out.writeInt(comparisons);
    for (double each : changes) {
      out.writeDouble(each);
    }
    out.writeDouble(least);
    out.writeLong(leastStep);
    out.writeInt(patience);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("onset state holds %d predictions".formatted(length));
    }
    before = new int[length];
    for (int i = 0; i < length; i++) {
      before[i] = in.readInt();
    }
    epoch = in.readInt();
    comparisons = in.readInt();
    for (int i = 0; i < changes.length; i++) {
      changes[i] = in.readDouble();
    }
    least = in.readDouble();
    leastStep = in.readLong();
    patience = in.readInt();
  }
}
