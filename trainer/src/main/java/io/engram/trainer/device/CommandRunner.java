package io.engram.trainer.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command to its end. */
@FunctionalInterface
interface CommandRunner {
  /**
   * @throws IOException if it cannot be started or does not end in time
   */
  Result run(List<String> command) throws IOException;

  /**
   * @param exit the command's exit code
   * @param output what it wrote on both streams
   */
  record Result(int exit, String output) {}

  /** Starts processes, and ends them after {@code limit}. */
  static CommandRunner processes(Duration limit) {
    return command -> {
      Path output = Files.createTempFile("engram", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          throw new IOException(
              "%s did not end within %d s".formatted(command.get(0), limit.toSeconds()));
        }
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        return new Result(process.exitValue(), text);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + command.get(0), e);
      } finally {
        Files.deleteIfExists(output);
      }
    };
  }
}
