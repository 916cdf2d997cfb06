package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;
  @TempDir private Path directory;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(systemOut);
    System.setErr(systemErr);
  }

  @Test
  void trainsARunFileAndSumsItUp() throws Exception {
    Path file = runFile("{name: glyphs, training: 200, validation: 50}");

    int code = train(file.toString(), "--exit", "--set", "noise.labels.share=0.5");

    assertThat(code).isZero();
    assertThat(text(out))
        .contains("Engram is at http://127.0.0.1:")
        .contains("tiny  epoch 0/2  loss ")
        .contains("tiny  epoch 2/2  loss ")
        .containsPattern("run +outcome +epochs")
        .containsPattern("tiny +completed +2/2");
    assertThat(directory.resolve("state/collector")).isNotEmptyDirectory();
  }

  @Test
  void twoRunsSideBySideNeedNamesOfTheirOwn() throws Exception {
    String file = runFile("{name: glyphs, training: 200}").toString();

    assertThat(train(file, file, "--exit")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            "engram: run: 'tiny' is named twice; runs side by side need names of their own\n");
  }

  @Test
  void aBadSettingIsOneLineAndExitCode2() throws Exception {
    assertThat(train(runFile("{name: glyphs, trainings: 200}").toString(), "--exit")).isEqualTo(2);
    assertThat(text(err))
        .startsWith("engram: data.trainings: unknown key; known here are ")
        .hasLineCount(1);
  }

  @Test
  void aDataSetThatDoesNotExistIsOneLineAndExitCode2() throws Exception {
    assertThat(train(runFile("{name: glyfs}").toString(), "--exit")).isEqualTo(2);
    assertThat(text(err)).startsWith("engram: data.name: ").contains("glyphs").hasLineCount(1);
  }

  @Test
  void aBatchLargerThanTheDataIsOneLineAndExitCode2() throws Exception {
    String file = runFile("{name: glyphs}").toString();

    assertThat(train(file, "--exit", "--set", "training.batch=10001")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            "engram: training.batch: is 10001, must be at most the 10000 training examples\n");
  }

  @Test
  void aPortInUseIsOneLineAndExitCode2() throws Exception {
    String file = runFile("{name: glyphs, training: 200}").toString();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      String state = directory.resolve("state").toString();

      assertThat(Main.execute("train", file, "--exit", "--port", port, "--state-dir", state))
          .isEqualTo(2);
      assertThat(text(err)).startsWith("engram: cannot listen on ").contains(port).hasLineCount(1);
    }
  }

  @Test
  void fromNamesWhereToResume() throws Exception {
    String file = runFile("{name: glyphs, training: 200}").toString();

    assertThat(train(file, "--exit", "--from", "before-onset")).isEqualTo(2);
    assertThat(train(file, "--exit", "--resume", "--from", "before-onset")).isEqualTo(2);

    assertThat(text(err).lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("engram: --from names where to --resume: give both"))
        .anyMatch(
            line -> line.startsWith("engram: --from before-onset: run tiny has no checkpoint"));
  }

  @Test
  void listsDataSets() {
    assertThat(Main.execute("datasets")).isZero();
    assertThat(text(out)).contains("glyphs", "mnist", "fashion-mnist", "cifar-10");
  }

  @Test
  void helpHasExamples() {
    assertThat(Main.execute("--help")).isZero();
    assertThat(Main.execute("train", "--help")).isZero();
    assertThat(text(out)).contains("engram train mnist-mlp", "$ENGRAM_DATA");
  }

  private Path runFile(String data) throws Exception {
    return Files.writeString(
        directory.resolve("tiny.yaml"),
        "data: " + data + "\nnetwork: mlp:784-16-10\ntraining: {epochs: 2, batch: 50}\n");
  }

  private int train(String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = "train";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--port";
    all[arguments.length + 2] = "0";
    all[arguments.length + 3] = "--state-dir";
    all[arguments.length + 4] = directory.resolve("state").toString();
    return Main.execute(all);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
