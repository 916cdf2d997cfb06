package io.engram.trainer.benchmark;

import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.SyntheticFeatures;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * R's packages ranger and randomForest, one thread each, in a process that waits for its turns. The
 * interpreter is {@code Rscript}, or what the system property {@code engram.benchmarks.rscript}
 * names.
 */
final class RForests implements AutoCloseable {
  private static final String SCRIPT = "forests.R";

  private final Path directory;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final String version;

  /**
   * One fit and its predictions.
   *
   * @param cpu processor seconds
   * @param correct predictions of each set
   */
  record Fit(double cpu, int[] correct) {}

  /**
   * @throws IOException if there is no R, or a package is missing
   */
  RForests(SyntheticFeatures problem, List<int[]> permutedLabels) throws IOException {
    directory = Files.createTempDirectory("engram-forests");
    Path script = directory.resolve(SCRIPT);
    try (InputStream source = RForests.class.getResourceAsStream(SCRIPT)) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path data = directory.resolve("data");
    write(problem, permutedLabels, data);
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("engram.benchmarks.rscript", "Rscript"),
            script.toString(),
            data.toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    process = builder.start();
    requests = process.outputWriter();
    answers = process.inputReader();
    String first = answers.readLine();
    if (first == null) {
      close();
      throw new IOException("R lacks ranger or randomForest");
    }
    version = first.strip();
  }

  private static void write(SyntheticFeatures problem, List<int[]> permutedLabels, Path file)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(problem.train().rows());
      out.writeInt(problem.train().columns());
      out.writeInt(problem.sets().size());
      out.writeInt(problem.classes());
      out.writeInt(permutedLabels.size());
      write(problem.train(), out);
      for (Features set : problem.sets()) {
        write(set, out);
      }
      for (int[] labels : permutedLabels) {
        for (int label : labels) {
          out.writeInt(label);
        }
      }
    }
  }

  private static void write(Features features, DataOutputStream out) throws IOException {
    for (float value : features.values()) {
      out.writeFloat(value);
    }
  }

  /** What computes. */
  String version() {
    return version;
  }

  /**
   * @param implementation {@code ranger} or {@code randomForest}
   * @param permutation which of the labels
   */
  Fit fit(String implementation, int trees, int permutation) throws IOException {
    requests.write("%s %d %d%n".formatted(implementation, trees, permutation));
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("R ended in a fit of " + implementation);
    }
    String[] numbers = answer.strip().split(" ");
    int[] correct = Arrays.stream(numbers).skip(1).mapToInt(Integer::parseInt).toArray();
    return new Fit(Double.parseDouble(numbers[0]), correct);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(directory.resolve("data"));
    Files.deleteIfExists(directory.resolve(SCRIPT));
    Files.deleteIfExists(directory);
  }
}
