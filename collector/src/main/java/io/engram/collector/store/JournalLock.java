package io.engram.collector.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second writer out of a journal; gone with the process. It lies beside the folder. */
final class JournalLock implements Closeable {
  private final FileChannel channel;

  private JournalLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @param journal the journal's folder, which need not be there
   * @throws IOException if another process, or another part of this one, writes it
   */
  static JournalLock acquire(Path journal) throws IOException {
    Path beside = journal.toAbsolutePath().resolveSibling(journal.getFileName() + ".lock");
    Files.createDirectories(beside.getParent());
    FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException("the journal %s is in use by a collector".formatted(journal));
    }
    return new JournalLock(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
