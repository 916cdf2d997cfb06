package io.engram.trainer.scoring;

import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.ScoringTask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The values of a task, chunk by chunk, without a copy of the whole. Read once. */
final class TaskValues {
  private final Deque<IntBuffer> labels = new ArrayDeque<>();
  private final Deque<FloatBuffer> features = new ArrayDeque<>();

  TaskValues(ScoringTask task) {
    labels.add(IntBuffer.wrap(task.labels()));
    labels.add(IntBuffer.wrap(task.validationLabels()));
    add(task.train());
    task.sets().forEach(this::add);
    Features validation = task.validation();
    if (validation != null) {
      add(validation);
    }
  }

  private void add(Features some) {
    features.add(FloatBuffer.wrap(some.values()));
  }

  /**
   * The values that come next.
   *
   * @param most bytes, a multiple of 4
   * @return fewer only at the end, empty after it
   */
  byte[] next(int most) {
    ByteBuffer chunk = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    while (!labels.isEmpty() && chunk.hasRemaining()) {
      IntBuffer from = labels.element();
      int count = Math.min(from.remaining(), chunk.remaining() / Integer.BYTES);
      chunk.asIntBuffer().put(from.slice().limit(count));
      advance(chunk, count);
      from.position(from.position() + count);
      if (!from.hasRemaining()) {
        labels.remove();
      }
    }
    while (!features.isEmpty() && chunk.hasRemaining()) {
      FloatBuffer from = features.element();
      int count = Math.min(from.remaining(), chunk.remaining() / Float.BYTES);
      chunk.asFloatBuffer().put(from.slice().limit(count));
      advance(chunk, count);
      from.position(from.position() + count);
      if (!from.hasRemaining()) {
        features.remove();
      }
    }
    byte[] bytes = new byte[chunk.position()];
    chunk.flip().get(bytes);
    return bytes;
  }

  private static void advance(ByteBuffer chunk, int values) {
    chunk.position(chunk.position() + values * Float.BYTES);
  }
}
