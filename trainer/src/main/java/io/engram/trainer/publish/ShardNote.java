package io.engram.trainer.publish;

import io.engram.events.Shard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The file {@code shard} beside a run's spool: which collector it is with, for life. */
final class ShardNote {
  private final Path dir;

  ShardNote(Path dir) {
    this.dir = dir;
  }

  /**
   * @throws IOException if it is there and cannot be read, or names no shard
   */
  Optional<Shard> read() throws IOException {
    Path file = dir.resolve("shard");
    try {
      return Optional.of(new Shard(Files.readString(file).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: %s; without the file a shard is chosen anew".formatted(file, e.getMessage()), e);
    }
  }

  /** Completes when it is on the disk. */
  void write(Shard shard) throws IOException {
    Files.createDirectories(dir);
    Path fresh = dir.resolve("shard.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer name = StandardCharsets.UTF_8.encode(shard.name() + "\n");
      while (name.hasRemaining()) {
        channel.write(name);
      }
      channel.force(true);
    }
    Files.move(fresh, dir.resolve("shard"), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
