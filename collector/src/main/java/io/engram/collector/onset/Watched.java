package io.engram.collector.onset;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A detector with what it says now and what it said when it first raised. */
final class Watched {
  final OnsetDetector detector;
  private Reading now = Reading.NONE;
  private @Nullable Reading raised;

  Watched(OnsetDetector detector) {
    this.detector = detector;
  }

  void take(Reading reading) {
    now = reading;
    if (raised == null && now.isRaised()) {
      raised = now;
    }
  }

  /** Forgets an alarm at or after a step that the run went back to. */
  void goBackTo(long step) {
    if (raised != null && raised.step() >= step) {
      raised = null;
    }
  }

  Reading now() {
    return now;
  }

  @Nullable Reading raised() {
    return raised;
  }

  DetectorSnapshot snapshot() {
    return new DetectorSnapshot(detector.name(), detector.channel(), now, raised);
  }

  void save(DataOutput out) throws IOException {
    ReadingIo.write(now, out);
    ReadingIo.writeNullable(raised, out);
    detector.save(out);
  }

  void restore(DataInput in) throws IOException {
    now = ReadingIo.read(in);
    raised = ReadingIo.readNullable(in);
    detector.restore(in);
  }
}
