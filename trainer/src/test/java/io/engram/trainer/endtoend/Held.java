package io.engram.trainer.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds, as Linux says.
 *
 * @param megabytes of memory that are resident
 * @param files that are open
 */
record Held(double megabytes, long files) {
  private static final double PAGES_PER_MEGABYTE = 256;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  static Held by(ChildProcess process) throws IOException {
    process.requireAlive();
    Path of = Path.of("/proc", Long.toString(process.pid()));
    String[] pages = Files.readString(of.resolve("statm")).split(" ");
    try (Stream<Path> open = Files.list(of.resolve("fd"))) {
      return new Held(Long.parseLong(pages[1]) / PAGES_PER_MEGABYTE, open.count());
    }
  }

  /** Megabytes of its heap that are in use after a collection. */
  static double live(ChildProcess process) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(said);
    if (!total.find()) {
      throw new IOException("jcmd says " + said);
    }
    return Long.parseLong(total.group(1)) / 1e6;
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
