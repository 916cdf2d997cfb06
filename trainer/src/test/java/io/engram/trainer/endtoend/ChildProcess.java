package io.engram.trainer.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program beside the test, with its output in a file; ends with it. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ChildProcess start(Path output, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .directory(output.toAbsolutePath().getParent().toFile())
            .start();
    return new ChildProcess(process, output);
  }

  /**
   * A JVM for a short life, so that its start counts most.
   *
   * @param starter command that starts the JVM, or empty
   * @param options of the JVM, its class path among them
   * @param command a class and its arguments
   */
  static ChildProcess startJava(
      Path output, List<String> starter, List<String> options, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>(starter);
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    all.addAll(options);
    all.addAll(command);
    return start(output, all);
  }

  /** What it has written so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * @throws IllegalStateException with the output, if the program has ended with a failure
   */
  void requireSuccess() throws IOException {
    if (!process.isAlive() && process.exitValue() != 0) {
      throw ended();
    }
  }

  /**
   * @throws IllegalStateException with the output, if the program has ended
   */
  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw ended();
    }
  }

  private IllegalStateException ended() throws IOException {
    return new IllegalStateException(
        "ended with exit code %d:%n%s".formatted(process.exitValue(), output()));
  }

  /**
   * @param name of the signal, as in STOP
   */
  void signal(String name) throws IOException, InterruptedException {
    int failed =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (failed != 0) {
      throw new IOException("kill -%s of %d fails".formatted(name, process.pid()));
    }
  }

  /** Waits until it ends by itself. */
  void awaitExit() throws InterruptedException {
    process.waitFor();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
