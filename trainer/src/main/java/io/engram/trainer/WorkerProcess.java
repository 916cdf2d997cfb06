package io.engram.trainer;

import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.paper.Worker;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker in a process of its own, which begins with the first task. Where it dies, another takes
 * up its task. One thread asks; any may close.
 */
final class WorkerProcess implements Worker, AutoCloseable {
  private static final int TRIES = 3;
  private static final long CLOSING_SECONDS = 40;

  private final List<String> command;
  private final Path log;
  private @Nullable Process process;
  private boolean closed;

  /**
   * @param command that starts it
   * @param log where its standard error is appended
   */
  WorkerProcess(List<String> command, Path log) {
    this.command = List.copyOf(command);
    this.log = log;
  }

  @Override
  public boolean run(String task, Progress progress) {
    String why = "";
    for (int i = 0; i < TRIES; i++) {
      Process asked = process();
      if (asked == null) {
        return true;
      }
      try {
        return ask(asked, task, progress);
      } catch (IOException e) {
        if (isClosed()) {
          return true;
        }
        why = ending(asked);
        progress.say("%s: %s; another takes it up".formatted(task, why));
      }
    }
    progress.say("%s did not end: %s; %s tells more".formatted(task, why, log));
    return true;
  }

  /** Starts it where it does not run; null once it is closed. */
  private synchronized @Nullable Process process() {
    if (closed) {
      return null;
    }
    if (process == null || !process.isAlive()) {
      try {
        process =
            new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
      } catch (IOException e) {
        throw new InvalidSettingException(
            "--workers", "no process for a worker can be started: " + e);
      }
    }
    return process;
  }

  private static boolean ask(Process asked, String task, Progress progress) throws IOException {
    Writer questions = asked.outputWriter(StandardCharsets.UTF_8);
    questions.write(task + "\n");
    questions.flush();
    BufferedReader answers = asked.inputReader(StandardCharsets.UTF_8);
    while (true) {
      String line = answers.readLine();
      if (line == null) {
        throw new EOFException();
      }
      int space = line.indexOf(' ');
      String text = line.substring(space + 1);
      switch (space < 0 ? line : line.substring(0, space)) {
        case WorkerLines.AT -> progress.at(text, 0, 1);
        case WorkerLines.SAY -> progress.say(text);
        case WorkerLines.RAN -> {
          return true;
        }
        case WorkerLines.TAKEN -> {
          return false;
        }
        case WorkerLines.FAILED -> throw new InvalidSettingException("", text);
        default -> throw new IOException("says " + line);
      }
    }
  }

  private String ending(Process asked) {
    try {
      if (!asked.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        asked.destroyForcibly();
        return "its process answered no more";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "its process ended with exit code " + asked.exitValue();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Asks it to end, which it does at its run's next step, leaving a checkpoint. */
  synchronized void end() {
    closed = true;
    if (process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        process.destroy();
      }
    }
  }

  /** Waits until it has ended. */
  @Override
  public void close() {
    end();
    Process ending = process;
    if (ending == null) {
      return;
    }
    try {
      if (!ending.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        ending.destroyForcibly();
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
