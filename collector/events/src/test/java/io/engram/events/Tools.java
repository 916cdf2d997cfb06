package io.engram.events;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs beside the JDK that tests use. A test that lacks one is skipped on a laptop and fails
 * where {@code CI=true}.
 */
public final class Tools {
  private Tools() {}

  /** The first of {@code names} that is on the PATH. */
  public static Path require(String... names) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    Optional<Path> found =
        Arrays.stream(names)
            .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String needed = "needs " + String.join(" or ", names) + " on the PATH";
      Assumptions.assumeTrue(Boolean.parseBoolean(System.getenv("CI")), needed);
      throw new AssertionError(needed);
    }
    return found.get();
  }

  /** Runs a program to its end and gives its output; an exit code other than 0 is a failure. */
  public static String run(Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " failed: " + output);
    }
    return output;
  }
}
