package io.engram.trainer.probe.sensitivity;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Steps in memory and in a file, which other steps may be appended to meanwhile. */
final class RecordedTrajectory implements Trajectory {
  private final long end;
  private final RecordedStep[] steps;
  private final float[] now;
  private final @Nullable FileChannel file;
  private final ByteBuffer bytes;
  private final float[] read;

  RecordedTrajectory(long end, RecordedStep[] steps, float[] now, @Nullable FileChannel file) {
    this.end = end;
    this.steps = steps;
    this.now = now;
    this.file = file;
    bytes = ByteBuffer.allocate(file == null ? 0 : Float.BYTES * now.length);
    read = new float[file == null ? 0 : now.length];
  }

  @Override
  public long first() {
    return end - steps.length;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public void parameters(long step, double[] into) {
    float[] values = step == end ? now : values(at(step));
    for (int j = 0; j < into.length; j++) {
      into[j] = values[j];
    }
  }

  private RecordedStep at(long step) {
    return steps[(int) (step - first())];
  }

  private float[] values(RecordedStep step) {
    if (step.before() != null) {
      return step.before();
    }
    bytes.clear();
    try {
      for (long from = step.position(); bytes.hasRemaining(); ) {
        int count = file == null ? -1 : file.read(bytes, from);
        if (count < 0) {
          throw new EOFException("the temporary file of the trajectory has been cut short");
        }
        from += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.flip().asFloatBuffer().get(read);
    return read;
  }

  @Override
  public int[] rows(long step) {
    return at(step).rows();
  }

  @Override
  public double learningRate(long step) {
    return at(step).learningRate();
  }
}
