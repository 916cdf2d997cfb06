package io.engram.collector.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/** Bytes in memory, in chunks, so that a large state needs no second copy of itself. */
final class StateBytes extends OutputStream {
  private static final int CHUNK = 1 << 18;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[CHUNK];
  private int used;

  @Override
  public void write(int b) {
    if (used == CHUNK) {
      nextChunk();
    }
    last[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int from = offset, end = offset + length; from < end; ) {
      if (used == CHUNK) {
        nextChunk();
      }
      int n = Math.min(end - from, CHUNK - used);
      System.arraycopy(bytes, from, last, used, n);
      used += n;
      from += n;
    }
  }

  private void nextChunk() {
    full.add(last);
    last = new byte[CHUNK];
    used = 0;
  }

  long length() {
    return (long) full.size() * CHUNK + used;
  }

  int checksum(JournalPlace place) {
    CRC32C checksum = checksumOf(place);
    full.forEach(checksum::update);
    checksum.update(last, 0, used);
    return (int) checksum.getValue();
  }

  static CRC32C checksumOf(JournalPlace place) {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
    checksum.update(bytes.putLong(place.applied()).putLong(place.saved()).flip());
    return checksum;
  }

  void writeTo(FileChannel channel) throws IOException {
    for (byte[] chunk : full) {
      writeFully(channel, ByteBuffer.wrap(chunk));
    }
    writeFully(channel, ByteBuffer.wrap(last, 0, used));
  }

  /** What was written. */
  InputStream read() {
    List<InputStream> chunks = new ArrayList<>();
    full.forEach(chunk -> chunks.add(new ByteArrayInputStream(chunk)));
    chunks.add(new ByteArrayInputStream(last, 0, used));
    return new SequenceInputStream(Collections.enumeration(chunks));
  }

  static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
