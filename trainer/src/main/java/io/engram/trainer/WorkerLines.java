package io.engram.trainer;

import io.engram.trainer.experiment.Progress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * What a worker in a process of its own says on its standard output, a word and a text a line. On
 * its standard input it hears names of tasks, a line each, and ends when that does.
 */
final class WorkerLines implements Progress {
  /** Where the task is. */
  static final String AT = "at";

  /** Something worth a line. */
  static final String SAY = "say";

  /** The task was run. */
  static final String RAN = "ran";

  /** Another process is at the task. */
  static final String TAKEN = "taken";

  /** The task cannot be run, nor can others. */
  static final String FAILED = "failed";

  private static final long BETWEEN_NANOS = 1_000_000_000;

  private final PrintStream out;
  private final LongSupplier nanos;
  private long last;

  /**
   * @param nanos a clock
   */
  WorkerLines(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    last = nanos.getAsLong();
  }

  /** Says it once a second at most. */
  @Override
  public void at(String what, long done, long total) {
    if (nanos.getAsLong() - last >= BETWEEN_NANOS) {
      last = nanos.getAsLong();
      line(AT, what);
    }
  }

  @Override
  public void say(String line) {
    line.lines().forEach(each -> line(SAY, each));
  }

  /** Says one of the words that end a task. */
  void end(String word, String detail) {
    line(word, detail.replaceAll("\\R", " "));
  }

  private void line(String word, String text) {
    out.println(word + " " + text);
    out.flush();
  }
}
