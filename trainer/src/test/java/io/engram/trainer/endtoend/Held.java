package io.engram.trainer.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process holds, as Linux says.
 *
 * @param megabytes of memory that are resident
 * @param files that are open
 */
record Held(double megabytes, long files) {
  private static final double PAGES_PER_MEGABYTE = 256;

  static Held by(ChildProcess process) throws IOException {
    process.requireAlive();
    Path of = Path.of("/proc", Long.toString(process.pid()));
    String[] pages = Files.readString(of.resolve("statm")).split(" ");
    try (Stream<Path> open = Files.list(of.resolve("fd"))) {
      return new Held(Long.parseLong(pages[1]) / PAGES_PER_MEGABYTE, open.count());
    }
  }

  /** The medians. */
  static Held median(List<Held> all) {
    return new Held(
        all.stream()
            .mapToDouble(Held::megabytes)
            .sorted()
            .skip(all.size() / 2)
            .findFirst()
            .orElse(0),
        all.stream().mapToLong(Held::files).sorted().skip(all.size() / 2).findFirst().orElse(0));
  }

  @Override
  public String toString() {
    return "%.0f MB, %d files".formatted(megabytes, files);
  }
}
