package io.engram.trainer;

import io.engram.events.EpochCompleted;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.DownloadProgress;
import io.engram.trainer.training.EventSink;
import java.io.PrintStream;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person at the console how a run goes: on a terminal a progress bar per epoch and per
 * download, everywhere one line per epoch. Used on the run's thread.
 */
final class RunConsole implements EventSink, DownloadProgress {
  private final RunId run;
  private final PrintStream out;
  private final boolean terminal;
  private @Nullable RunProgress progress;
  private @Nullable ProgressBar bar;
  private String barName = "";
  private int stepsPerEpoch;

  RunConsole(RunId run, PrintStream out, boolean terminal) {
    this.run = run;
    this.out = out;
    this.terminal = terminal;
  }

  /** The run's row of the summary; empty before its header is known. */
  List<String> row() {
    return progress == null ? List.of() : progress.row();
  }

  /** Says something about the run in a line of its own. */
  void tell(String what) {
    closeBar();
    out.println(run + "  " + what);
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof RunStarted header) {
      progress = new RunProgress(run.value(), header);
      stepsPerEpoch = header.training().stepsPerEpoch();
    } else if (event instanceof StepCompleted) {
      show(run + " epoch " + (epoch + 1), step % stepsPerEpoch + 1, stepsPerEpoch);
    } else if (event instanceof EpochCompleted completed && progress != null) {
      closeBar();
      out.println(progress.line(epoch, completed));
    } else if (event instanceof RunFinished end && progress != null) {
      closeBar();
      progress.finished(end);
    }
  }

  @Override
  public void downloaded(String file, long bytes, long total) {
    show(file, bytes, total);
    if (bytes == total) {
      tell("downloaded " + file);
    }
  }

  private void show(String name, long done, long total) {
    if (!terminal) {
      return;
    }
    if (bar == null || !barName.equals(name)) {
      closeBar();
      barName = name;
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(total)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
