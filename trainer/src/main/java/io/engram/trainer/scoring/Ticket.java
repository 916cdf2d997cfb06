package io.engram.trainer.scoring;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/**
 * A task was taken.
 *
 * @param task its number at the verticle that took it
 * @param address where that verticle, and no other, takes a {@link TaskRequest}
 */
record Ticket(long task, String address) {
  Buffer encode() {
    Buffer buffer = Format.begin().appendLongLE(task);
    Format.putString(buffer, address);
    return buffer;
  }

  static Ticket decode(Object message) {
    return Format.read(message, Ticket::read);
  }

  private static Ticket read(ByteBuffer bytes) {
    return new Ticket(bytes.getLong(), Format.getString(bytes));
  }
}
