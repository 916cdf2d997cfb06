package io.engram.trainer.probe.sensitivity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trajectory of a run that trains in 32-bit floats, exactly: 4 bytes a parameter and step
 * in memory up to a limit, beyond it in a temporary file that is gone when this is closed, up to a
 * second limit. What each step was made of, 4 bytes an example, stays in memory.
 *
 * <p>One thread records; views of what was recorded may be read on others.
 */
public final class TrajectoryRecorder implements AutoCloseable {
  private final int parameters;
  private final long keep;
  private final long memory;
  private final long disk;
  private final Deque<RecordedStep> steps = new ArrayDeque<>();

  private long next;
  private long inMemory;
  private @Nullable FileChannel file;

  /**
   * @param parameters of the network
   * @param first updates that came before the first that will be recorded
   * @param keep how many updates to keep, the last ones
   * @param memory bytes of parameters kept in memory
   * @param disk bytes of parameters kept in the temporary file; 0 for none
   */
  public TrajectoryRecorder(int parameters, long first, long keep, long memory, long disk) {
    this.parameters = parameters;
    this.keep = keep;
    this.memory = memory;
    this.disk = disk;
    next = first;
  }

  /**
   * Records an update that is about to be made.
   *
   * @param before the parameters before it; used, not copied
   * @param rows of its mini-batch; used, not copied
   * @throws IOException if the limits are reached or the file cannot be written
   */
  public void record(float[] before, int[] rows, double learningRate) throws IOException {
    if (steps.size() == keep) {
      inMemory -= steps.removeFirst().bytesInMemory();
    }
    long bytes = (long) Float.BYTES * parameters;
    if (inMemory + bytes <= memory) {
      inMemory += bytes;
      steps.addLast(new RecordedStep(before, -1, rows, learningRate));
    } else {
      steps.addLast(new RecordedStep(null, append(before), rows, learningRate));
    }
    next++;
  }

  private long append(float[] values) throws IOException {
    FileChannel to = file;
    if (to == null) {
      Path path = Files.createTempFile("engram-trajectory", null);
      to =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = to;
    }
    long position = to.size();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameters);
    if (position + bytes.capacity() > disk) {
      throw new IOException(
          "%d updates of %d parameters need more than %d MiB of memory and %d MiB of disk"
              .formatted(next, parameters, memory >> 20, disk >> 20));
    }
    bytes.asFloatBuffer().put(values, 0, parameters);
    for (long at = position; bytes.hasRemaining(); ) {
      at += to.write(bytes, at);
    }
    return position;
  }

  /** Updates completed, were it to be recorded on. */
  public long next() {
    return next;
  }

  /** Updates kept. */
  public long size() {
    return steps.size();
  }

  /**
   * What is kept now, whatever is recorded later. To be read on one thread at a time, and not after
   * this is closed.
   *
   * @param now parameters after the last update; used, not copied
   */
  public Trajectory view(float[] now) {
    return new RecordedTrajectory(next, steps.toArray(RecordedStep[]::new), now, file);
  }

  /** Forgets everything. */
  @Override
  public void close() {
    steps.clear();
    inMemory = 0;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      file = null;
    }
  }
}
