package io.engram.trainer.scoring;

import io.engram.trainer.scoring.TaskHeader.Extent;
import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.ScoringTask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A task whose values arrive chunk by chunk. Memory is taken as they arrive, block by block. */
final class ReceivedTask {
  private static final int BLOCK_BYTES = 1 << 20;

  private final TaskHeader header;
  private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
  private long received;

  ReceivedTask(TaskHeader header) {
    this.header = header;
  }

  boolean isComplete() {
    return received == header.bytes();
  }

  /**
   * Takes the bytes that come next.
   *
   * @throws Refusal if they are not, or more than were announced
   */
  void add(long offset, byte[] bytes) {
    if (offset != received) {
      throw new Refusal(
          Refusal.OUT_OF_ORDER,
          "chunk begins at byte %d, must begin at %d".formatted(offset, received));
    }
    if (bytes.length == 0 || bytes.length > header.bytes() - received) {
      throw new Refusal(
          Refusal.OUT_OF_ORDER,
          "chunk is %d bytes, must be 1 to the %d that are still to come"
              .formatted(bytes.length, header.bytes() - received));
    }
    for (int taken = 0; taken < bytes.length; ) {
      ByteBuffer block = blockWithRoom();
      int here = Math.min(bytes.length - taken, block.remaining());
      block.put(bytes, taken, here);
      taken += here;
      received += here;
    }
  }

  private ByteBuffer blockWithRoom() {
    if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
      int size = (int) Math.min(BLOCK_BYTES, header.bytes() - received);
      blocks.add(ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN));
    }
    return blocks.getLast();
  }

  /**
   * The task, once complete; its bytes are given up while it is made, so only once.
   *
   * @throws io.engram.trainer.svalidation.SValidationException if a value is not finite
   */
  ScoringTask take() {
    blocks.forEach(ByteBuffer::flip);
    int[] labels = ints(header.labels());
    int[] validationLabels = ints(header.validationLabels());
    Features train = features(header.train());
    List<Features> sets = new ArrayList<>();
    for (Extent set : header.sets()) {
      sets.add(features(set));
    }
    Extent validation = header.validation();
    return new ScoringTask(
        train,
        sets,
        labels,
        validation == null ? null : features(validation),
        validationLabels,
        header.classes(),
        header.profile(),
        header.seed());
  }

  private int[] ints(int count) {
    int[] values = new int[count];
    for (int read = 0; read < count; ) {
      ByteBuffer block = firstBlock();
      int here = Math.min(count - read, block.remaining() / Integer.BYTES);
      block.asIntBuffer().get(values, read, here);
      block.position(block.position() + here * Integer.BYTES);
      read += here;
    }
    return values;
  }

  private Features features(Extent extent) {
    float[] values = new float[extent.values()];
    for (int read = 0; read < values.length; ) {
      ByteBuffer block = firstBlock();
      int here = Math.min(values.length - read, block.remaining() / Float.BYTES);
      block.asFloatBuffer().get(values, read, here);
      block.position(block.position() + here * Float.BYTES);
      read += here;
    }
    return new Features(extent.rows(), extent.columns(), values);
  }

  private ByteBuffer firstBlock() {
    while (!blocks.element().hasRemaining()) {
      blocks.remove();
    }
    return blocks.element();
  }
}
