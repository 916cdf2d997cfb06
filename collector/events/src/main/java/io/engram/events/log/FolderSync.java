package io.engram.events.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts the entries of a folder on the disk, so that its new files are found after a crash. */
final class FolderSync {
  private FolderSync() {}

  static void force(Path dir) throws IOException {
    try (FileChannel entries = FileChannel.open(dir, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
