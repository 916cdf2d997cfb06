package io.engram.trainer.publish;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file system of its own, with little room. */
final class SmallDisk implements AutoCloseable {
  private final Path at;
  private final Path ballast;

  private SmallDisk(Path at) {
    this.at = at;
    this.ballast = at.resolve("ballast");
  }

  /** In memory. Skips the test where this user may not mount. */
  static SmallDisk mount(Path at, int kibibytes) throws Exception {
    Files.createDirectories(at);
    String size = "size=%dk".formatted(kibibytes);
    assumeThat(run("mount", "-t", "tmpfs", "-o", size, "tmpfs", at.toString()))
        .as("only root may mount a small disk")
        .isTrue();
    return new SmallDisk(at);
  }

  /** In a file, which may {@link #fail}. Skips the test where this user may not mount it. */
  static SmallDisk mountThatCanFail(Path at, Path image, int kibibytes) throws Exception {
    Files.createDirectories(at);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) kibibytes << 10);
    }
    assumeThat(
            run("mkfs.ext4", "-q", image.toString())
                && run("mount", "-o", "loop", image.toString(), at.toString()))
        .as("only root may mount a disk in a file")
        .isTrue();
    return new SmallDisk(at);
  }

  /** From now on it can only be read, also by those who have files open: as after an error. */
  void fail() throws Exception {
    if (!run("mount", "-o", "remount,abort", at.toString())) {
      throw new IOException("cannot be made to fail: " + at);
    }
  }

  /** Leaves no room at all. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // as it should be
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.delete(ballast);
  }

  void makeReadOnly() throws Exception {
    if (!run("mount", "-o", "remount,ro", at.toString())) {
      throw new IOException("cannot be made read-only: " + at);
    }
  }

  private static boolean run(String... command) throws Exception {
    List<String> asRoot = new ArrayList<>(List.of("sudo", "-n"));
    asRoot.addAll(List.of(command));
    return succeeds(List.of(command)) || succeeds(asRoot);
  }

  private static boolean succeeds(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", at.toString());
  }
}
