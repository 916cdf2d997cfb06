package io.engram.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandRunnerTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @Test
  void givesExitCodeAndBothStreams() throws IOException {
    CommandRunner runner = CommandRunner.processes(Duration.ofSeconds(60));
    CommandRunner.Result good = runner.run(List.of(JAVA, "--version"));
    assertThat(good.exit()).isZero();
    assertThat(good.output()).contains("Runtime Environment");
    CommandRunner.Result bad = runner.run(List.of(JAVA, "-no-such-option"));
    assertThat(bad.exit()).isNotZero();
    assertThat(bad.output()).contains("no-such-option");
  }

  @Test
  void aMissingProgramIsAnIoException() {
    assertThatThrownBy(
            () ->
                CommandRunner.processes(Duration.ofSeconds(60))
                    .run(List.of("engram-no-such-program")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("engram-no-such-program");
  }

  @Test
  void aSilentProgramIsEnded() {
    List<String> command =
        List.of(JAVA, "-cp", System.getProperty("java.class.path"), Silent.class.getName());
    assertThatThrownBy(() -> CommandRunner.processes(Duration.ofSeconds(1)).run(command))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("did not end within 1 s");
    assertThat(ProcessHandle.current().children())
        .noneMatch(child -> child.info().commandLine().orElse("").contains(Silent.class.getName()));
  }

  /** Waits for input that never comes. */
  static final class Silent {
    public static void main(String[] args) throws IOException {
      System.in.read();
    }
  }
}
