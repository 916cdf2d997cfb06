package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.events.OnsetChannel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A detector that raises when its signal is over the threshold at two looks in a row. */
abstract class SmoothedDetector implements OnsetDetector {
  private final String name;
  private final OnsetChannel channel;
  private int inARow;

  SmoothedDetector(String name, OnsetChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final OnsetChannel channel() {
    return channel;
  }

  @Override
  public final Reading onLook(LookView look, Signals signals) {
    Reading reading = test(look, signals);
    inARow = signals.wentBack() ? 0 : inARow;
    inARow = reading.isRaised() ? inARow + 1 : 0;
    return reading.isRaised() && inARow < Constants.LOOKS_IN_A_ROW ? reading.quiet() : reading;
  }

  /** What the look alone says. */
  abstract Reading test(LookView look, Signals signals);

  @Override
  public final void save(DataOutput out) throws IOException {
    out.writeInt(inARow);
  }

  @Override
  public final void restore(DataInput in) throws IOException {
    inARow = in.readInt();
  }
}
