package io.engram.trainer;

import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunId;
import io.engram.events.wire.OnsetJson;
import io.engram.trainer.spec.OnsetSpec;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on alarms, once for each channel; an alarm that comes again is answered as the first time.
 * Used on the run's thread, between two steps.
 */
final class OnsetHandler implements Handler<Message<Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(OnsetHandler.class);
  private static final int UNREADABLE = 400;
  private static final int OTHER_INCARNATION = 409;
  private static final int ENDED = 410;
  private static final int FAILED = 500;

  private final RunId run;
  private final long incarnation;
  private final OnsetSpec spec;
  private final KeptCheckpoints kept;
  private final Run actions;
  private final Map<OnsetChannel, OnsetAnswered> answers = new EnumMap<>(OnsetChannel.class);
  private boolean named;

  OnsetHandler(RunId run, long incarnation, OnsetSpec spec, KeptCheckpoints kept, Run actions) {
    this.run = run;
    this.incarnation = incarnation;
    this.spec = spec;
    this.kept = kept;
    this.actions = actions;
  }

  /** What can be done with the run. */
  interface Run {
    long step();

    boolean hasEnded();

    void checkpoint();

    void pause();

    /** Writes a checkpoint and ends. */
    void stop(String why);
  }

  @Override
  public void handle(Message<Object> message) {
    OnsetDetected onset;
    try {
      onset = read(message.body());
    } catch (IllegalArgumentException e) {
      message.fail(UNREADABLE, "alarm: " + e.getMessage());
      return;
    }
    OnsetAnswered before = answers.get(onset.channel());
    if (onset.incarnation() != incarnation) {
      message.fail(
          OTHER_INCARNATION,
          "run %s is incarnation %d, the alarm is of %d"
              .formatted(run, incarnation, onset.incarnation()));
    } else if (before != null) {
      message.reply(OnsetJson.of(before));
    } else if (actions.hasEnded()) {
      message.fail(ENDED, "run %s has ended".formatted(run));
    } else {
      try {
        message.reply(OnsetJson.of(act(onset)));
      } catch (RuntimeException e) {
        LOG.error("Run {} could not act on {}", run, onset, e);
        message.fail(FAILED, String.valueOf(e.getMessage()));
      }
    }
  }

  private OnsetDetected read(Object body) {
    if (!(body instanceof JsonObject json)) {
      throw new IllegalArgumentException(
          "is taken as a JSON object, not as "
              + (body == null ? "null" : body.getClass().getSimpleName()));
    }
    OnsetDetected onset = OnsetJson.detected(json);
    if (!onset.run().equals(run)) {
      throw new IllegalArgumentException("run is %s, must be %s here".formatted(onset.run(), run));
    }
    return onset;
  }

  private OnsetAnswered act(OnsetDetected onset) {
    boolean concerned = spec.channels().contains(onset.channel());
    OnsetAction action = concerned ? spec.onOnset() : OnsetAction.NONE;
    OnsetAnswered answer = new OnsetAnswered(action, actions.step());
    String before = concerned ? nameBefore(onset) : "";
    switch (action) {
      case NONE -> {}
      case CHECKPOINT -> actions.checkpoint();
      case PAUSE -> {
        actions.pause();
        actions.checkpoint();
      }
      case STOP -> actions.stop("%s: %s".formatted(onset.channel().label(), onset.reason()));
    }
    answers.put(onset.channel(), answer);
    LOG.warn(
        "Run {}: {} at step {}{}, says {}: {} (evidence {}, threshold {}). {}{}",
        run,
        onset.channel().label(),
        onset.step(),
        onset.isEstimated() ? ", begun about step " + onset.estimatedStep() : "",
        onset.detector(),
        onset.reason(),
        onset.evidence(),
        onset.threshold(),
        done(answer),
        before);
    return answer;
  }

  private String done(OnsetAnswered answer) {
    return switch (answer.action()) {
      case NONE -> "It trains on from step " + answer.step() + ".";
      case CHECKPOINT -> "Checkpoint at step " + answer.step() + "; it trains on.";
      case PAUSE -> "Paused at step %d: engram resume %s goes on.".formatted(answer.step(), run);
      case STOP -> "Stopped at step %d: --resume goes on.".formatted(answer.step());
    };
  }

  /** Names the checkpoint from before the first alarm that is acted on. */
  private String nameBefore(OnsetDetected onset) {
    if (named || !spec.keepBefore()) {
      return "";
    }
    long since = onset.isEstimated() ? onset.estimatedStep() : onset.step() - onset.spacing();
    try {
      OptionalLong step = kept.nameBeforeOnset(since);
      named = step.isPresent();
      return named
          ? " Step %d, from before, is kept: --resume --from before-onset goes back to it."
              .formatted(step.getAsLong())
          : " No checkpoint from before step %d is left.".formatted(since);
    } catch (UncheckedIOException e) {
      LOG.error("Run {}: the checkpoint from before the onset cannot be kept", run, e);
      return "";
    }
  }
}
