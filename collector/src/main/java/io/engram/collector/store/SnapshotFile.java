package io.engram.collector.store;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.watch.RunWatch;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The bytes on disk, big-endian: the magic number {@code ENGRAMSS}, int format version, int CRC32C
 * of the place and the state, long length of the state, place in the journal (two longs), the
 * state: the run, then its detectors.
 */
final class SnapshotFile {
  private static final long MAGIC = 0x454E4752_414D5353L;
  private static final int VERSION = 3;
  private static final int HEADER = Long.BYTES + Integer.BYTES + Integer.BYTES + 3 * Long.BYTES;
  private static final int BUFFER = 1 << 16;

  private SnapshotFile() {}

  /** Replaces {@code dir/name} as a whole and waits until it is on the disk. */
  static void write(Path dir, String name, JournalPlace place, StateBytes state)
      throws IOException {
    Files.createDirectories(dir);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(VERSION).putInt(state.checksum(place));
    header.putLong(state.length()).putLong(place.applied()).putLong(place.saved()).flip();
    Path temporary = dir.resolve(name + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      StateBytes.writeFully(channel, header);
      state.writeTo(channel);
      channel.force(true);
    }
    Files.move(
        temporary,
        dir.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entries = FileChannel.open(dir, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /**
   * Reads the file twice: the state is looked at once its checksum is known to be right.
   *
   * @throws IOException if it cannot be read; the message says why
   */
  static SnapshotStore.RestoredRun read(Path file) throws IOException {
    JournalPlace place;
    try (InputStream in = Files.newInputStream(file)) {
      place = check(in, Files.size(file));
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      in.skipNBytes(HEADER);
      SnapshotStore.RestoredRun run =
          new SnapshotStore.RestoredRun(RunAggregate.restore(in), RunWatch.restore(in), place);
      if (in.read() >= 0) {
        throw new IOException("its state is longer than expected");
      }
      return run;
    }
  }

  private static JournalPlace check(InputStream in, long size) throws IOException {
    if (size < HEADER) {
      throw new IOException("it has %d bytes, fewer than a header".formatted(size));
    }
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
    if (header.getLong() != MAGIC) {
      throw new IOException("it does not begin like the snapshot of a run");
    }
    int version = header.getInt();
    if (version != VERSION) {
      throw new IOException(
          "it has format version %d, but this collector reads version %d"
              .formatted(version, VERSION));
    }
    int checksum = header.getInt();
    long length = header.getLong();
    JournalPlace place = new JournalPlace(header.getLong(), header.getLong());
    if (length != size - HEADER) {
      throw new IOException("it has %d bytes of state, not %d".formatted(size - HEADER, length));
    }
    CRC32C actual = StateBytes.checksumOf(place);
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
      actual.update(buffer, 0, n);
    }
    if ((int) actual.getValue() != checksum) {
      throw new IOException("its checksum is wrong");
    }
    return place;
  }
}
