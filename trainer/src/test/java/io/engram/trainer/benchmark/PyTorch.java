package io.engram.trainer.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * Training steps in PyTorch, in a process that waits for its turns. Debian's PyTorch takes whatever
 * {@code libblas.so.3} it finds; it is given ND4J's OpenBLAS, so that both sides multiply with the
 * same library. A PyTorch that brings its own keeps it.
 *
 * <p>The interpreter is {@code /usr/bin/python3}, or what the system property {@code
 * engram.benchmarks.python} names.
 */
final class PyTorch implements AutoCloseable {
  private static final String SCRIPT = "pytorch_step.py";

  private final Path directory;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final String version;

  /** Seconds of several steps. */
  record Taken(double cpu, double wall) {}

  PyTorch(int threads) throws IOException {
    directory = Files.createTempDirectory("engram-pytorch");
    Path script = directory.resolve(SCRIPT);
    try (InputStream source = PyTorch.class.getResourceAsStream(SCRIPT)) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path natives = Path.of(Loader.load(openblas.class)).getParent();
    Files.createSymbolicLink(
        directory.resolve("libblas.so.3"), natives.resolve("libopenblas.so.0"));
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("engram.benchmarks.python", "/usr/bin/python3"),
            script.toString(),
            String.valueOf(threads));
    Map<String, String> environment = builder.environment();
    environment.put("LD_LIBRARY_PATH", directory + ":" + natives);
    environment.put("OMP_NUM_THREADS", String.valueOf(threads));
    environment.put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    process = builder.start();
    requests = process.outputWriter();
    answers = process.inputReader();
    version = answers.readLine();
    if (version == null) {
      close();
      throw new IOException("there is no PyTorch at " + builder.command().get(0));
    }
  }

  /** What computes. */
  String version() {
    return version;
  }

  /**
   * @param mode {@code plain}, {@code measured} or {@code search}
   */
  Taken steps(String network, String mode, int steps) throws IOException {
    requests.write("%s %s %d%n".formatted(network, mode, steps));
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("PyTorch ended in a step of " + network);
    }
    String[] seconds = answer.split(" ");
    return new Taken(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(directory.resolve("libblas.so.3"));
    Files.deleteIfExists(directory.resolve(SCRIPT));
    Files.deleteIfExists(directory);
  }
}
