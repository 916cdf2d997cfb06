package io.engram.trainer;

import static java.util.Locale.ROOT;

import io.engram.trainer.experiment.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person at the console how an experiment goes: a progress bar on a terminal, and elsewhere
 * a line every ten seconds or more.
 */
final class ExperimentConsole implements Progress, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean terminal;
  private final InstantSource clock;
  private final long started;
  private long lastLine;
  private @Nullable ProgressBar bar;

  ExperimentConsole(PrintStream out, boolean terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    started = clock.millis();
    lastLine = started;
  }

  /** Seconds since the start. */
  double seconds() {
    return (clock.millis() - started) / 1e3;
  }

  @Override
  public void at(String what, long done, long total) {
    if (terminal) {
      if (bar == null) {
        bar = new ProgressBarBuilder().setInitialMax(total).clearDisplayOnFinish().build();
      }
      bar.setExtraMessage(" " + what);
      bar.stepTo(done);
      return;
    }
    if (clock.millis() - lastLine >= BETWEEN_LINES.toMillis() && done > 0) {
      lastLine = clock.millis();
      double left = seconds() / done * (total - done);
      out.println(
          String.format(
              ROOT,
              "%3d %%  %s  %dm%02ds left",
              100 * done / total,
              what,
              (long) left / 60,
              (long) left % 60));
    }
  }

  @Override
  public void say(String line) {
    close();
    out.println(line);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
