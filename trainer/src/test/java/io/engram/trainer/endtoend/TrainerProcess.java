package io.engram.trainer.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code engram}, serving on a free port after its runs as well; or the collector by itself. */
final class TrainerProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
  private static final Duration START = Duration.ofMinutes(3);

  private final ChildProcess process;
  private final int port;

  private TrainerProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param folder for its state and its output
   * @param arguments a command and its arguments
   */
  static TrainerProcess start(Path folder, String... arguments) throws Exception {
    return start(folder, "io.engram.trainer.Main", arguments);
  }

  /** {@code engram-collector} likewise. */
  static TrainerProcess startCollector(Path folder, String... arguments) throws Exception {
    return start(folder, "io.engram.collector.Main", arguments);
  }

  private static TrainerProcess start(Path folder, String main, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-classpath",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--port", "0", "--state-dir", folder.resolve("state").toString()));
    ChildProcess process = ChildProcess.start(folder.resolve("engram.log"), command);
    try {
      Matcher address = Poll.until(START, () -> ADDRESS.matcher(outputOf(process)), Matcher::find);
      return new TrainerProcess(process, Integer.parseInt(address.group(1)));
    } catch (AssertionError e) {
      String said = process.output();
      process.kill();
      throw new AssertionError("does not serve after %s:%n%s".formatted(START, said), e);
    }
  }

  private static String outputOf(ChildProcess process) throws IOException {
    process.requireAlive();
    return process.output();
  }

  long pid() {
    return process.pid();
  }

  /** The port on which everything is served. */
  int port() {
    return port;
  }

  /** The lines written so far. */
  Stream<String> lines() throws IOException {
    return outputOf(process).lines();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
