package io.engram.collector.onset;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Readings and reasons in a saved state. */
final class ReadingIo {
  private ReadingIo() {}

  static void write(Reading reading, DataOutput out) throws IOException {
    out.writeUTF(reading.level().name());
    out.writeDouble(reading.evidence());
    out.writeDouble(reading.threshold());
    out.writeUTF(reading.reason());
    out.writeInt(reading.epoch());
    out.writeLong(reading.step());
    out.writeLong(reading.lookSpacing());
    out.writeLong(reading.estimatedStep());
  }

  /**
   * @throws IllegalArgumentException if it holds no reading
   */
  static Reading read(DataInput in) throws IOException {
    return new Reading(
        OnsetLevel.valueOf(in.readUTF()),
        in.readDouble(),
        in.readDouble(),
        Reason.of(in.readUTF()),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  static void writeNullable(@Nullable Reading reading, DataOutput out) throws IOException {
    out.writeBoolean(reading != null);
    if (reading != null) {
      write(reading, out);
    }
  }

  static @Nullable Reading readNullable(DataInput in) throws IOException {
    return in.readBoolean() ? read(in) : null;
  }

  static void write(@Nullable Reason reason, DataOutput out) throws IOException {
    out.writeUTF(reason == null ? "" : reason.toString());
  }

  static @Nullable Reason readReason(DataInput in) throws IOException {
    String words = in.readUTF();
    return words.isEmpty() ? null : Reason.of(words);
  }
}
