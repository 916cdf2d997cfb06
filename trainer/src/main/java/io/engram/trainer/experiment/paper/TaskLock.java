package io.engram.trainer.experiment.paper;

import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a task from being run by two processes: a lock on {@code claims/<task>}, which holds the id
 * of the process that took it last. The system frees the lock when that process ends, however it
 * ends; the file stays.
 */
final class TaskLock implements AutoCloseable {
  private final FileChannel channel;

  private TaskLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock; null where somebody has it.
   *
   * @throws InvalidSettingException if the folder cannot be written to
   */
  static @Nullable TaskLock take(Path out, String task) {
    Path file = out.resolve("claims").resolve(task);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        taken = lock(channel);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      return taken ? new TaskLock(channel) : null;
    } catch (IOException e) {
      throw new InvalidSettingException("--out", "%s cannot be locked: %s".formatted(file, e));
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() == null) {
        return false;
      }
    } catch (OverlappingFileLockException e) {
      return false;
    }
    String owner = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)));
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new InvalidSettingException("--out", "a lock cannot be given back: " + e);
    }
  }
}
