package io.engram.events.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What a log does to a file that it writes; a seam, so that tests can fill the disk. */
interface SegmentFile {
  /** Opens files. */
  interface Opener {
    SegmentFile open(Path path) throws IOException;
  }

  /** Writes all of the buffers at a position, which is the end of the file. */
  void write(long position, ByteBuffer... buffers) throws IOException;

  void truncate(long size) throws IOException;

  void force() throws IOException;

  void close() throws IOException;

  static SegmentFile open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return new SegmentFile() {
      @Override
      public void write(long position, ByteBuffer... buffers) throws IOException {
        channel.position(position);
        while (Arrays.stream(buffers).anyMatch(ByteBuffer::hasRemaining)) {
          channel.write(buffers);
        }
      }

      @Override
      public void truncate(long size) throws IOException {
        channel.truncate(size);
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
