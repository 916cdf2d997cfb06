package io.engram.collector.aggregate;

import io.engram.events.CheckpointSaved;
import io.engram.events.EventEnvelope;
import io.engram.events.RunFinished;
import io.engram.events.RunStarted;
import io.engram.events.TrainerReported;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Header, state, place and time of a run. */
final class Lifecycle {
  @Nullable RunStarted header;
  RunState state = RunState.RUNNING;
  String detail = "";
  @Nullable CheckpointSnapshot checkpoint;
  long firstEventMillis;
  long lastEventMillis;
  int epoch;
  long step;

  Lifecycle(long firstEventMillis) {
    this.firstEventMillis = firstEventMillis;
  }

  Lifecycle(DataInput in) throws IOException {
    header = in.readBoolean() ? HeaderIo.read(in) : null;
    state = StateIo.readEnum(RunState.class, in);
    detail = StateIo.readString(in);
    checkpoint =
        in.readBoolean()
            ? new CheckpointSnapshot(in.readLong(), StateIo.readString(in), in.readLong())
            : null;
    firstEventMillis = in.readLong();
    lastEventMillis = in.readLong();
    epoch = in.readInt();
    step = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    out.writeBoolean(header != null);
    if (header != null) {
      HeaderIo.write(header, out);
    }
    StateIo.writeString(out, state.name());
    StateIo.writeString(out, detail);
    out.writeBoolean(checkpoint != null);
    if (checkpoint != null) {
      out.writeLong(checkpoint.step());
      StateIo.writeString(out, checkpoint.location());
      out.writeLong(checkpoint.timestampMillis());
    }
    out.writeLong(firstEventMillis);
    out.writeLong(lastEventMillis);
    out.writeInt(epoch);
    out.writeLong(step);
  }

  /**
   * What is measured of a snapshot may come when the run is further; that does not move it back.
   */
  void onEvent(EventEnvelope envelope, boolean newIncarnation) {
    lastEventMillis = envelope.timestampMillis();
    if (newIncarnation || envelope.step() >= step) {
      epoch = envelope.epoch();
      step = envelope.step();
    }
  }

  void onRunStarted(RunStarted event) {
    header = event;
    state = RunState.RUNNING;
    detail = "";
  }

  void onCheckpointSaved(EventEnvelope envelope, CheckpointSaved event) {
    checkpoint =
        new CheckpointSnapshot(envelope.step(), event.location(), envelope.timestampMillis());
  }

  void onTrainerReported(TrainerReported event) {
    state =
        switch (event.state()) {
          case RUNNING -> RunState.RUNNING;
          case PAUSED -> RunState.PAUSED;
        };
  }

  void onRunFinished(RunFinished event) {
    state =
        switch (event.outcome()) {
          case COMPLETED -> RunState.COMPLETED;
          case STOPPED -> RunState.STOPPED;
          case FAILED -> RunState.FAILED;
        };
    detail = event.detail();
  }
}
