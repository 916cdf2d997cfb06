package io.engram.collector;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.collector.onset.ChannelSnapshot;
import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.Reading;
import io.engram.collector.watch.AlarmAnswer;
import io.engram.collector.watch.RunWatch;
import io.engram.collector.watch.WatchSnapshot;
import io.engram.collector.watch.Watches;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetDetected;
import io.engram.events.RunId;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the detectors see each event, tells of what they raise in the log and to the run itself, and
 * notes what the run did. Belongs to the context that owns the runs.
 */
final class OnsetAlarms implements Consumer<RunAggregate> {
  private static final Logger LOG = LoggerFactory.getLogger(OnsetAlarms.class);
  private static final int LONGEST_REASON = 1_000;

  private final Watches watches;
  private final InstantSource clock;
  private final Function<OnsetDetected, Future<OnsetAnswered>> sender;
  private final Consumer<RunId> changed;

  /**
   * @param sender tells a run, and gives what it did
   * @param changed is told of a run once it has answered
   */
  OnsetAlarms(
      Watches watches,
      InstantSource clock,
      Function<OnsetDetected, Future<OnsetAnswered>> sender,
      Consumer<RunId> changed) {
    this.watches = watches;
    this.clock = clock;
    this.sender = sender;
    this.changed = changed;
  }

  @Override
  public void accept(RunAggregate run) {
    for (OnsetAlarm alarm : watches.update(run)) {
      LOG.warn("{}", AlarmWords.raised(run.run(), alarm));
      tell(run, alarm);
    }
  }

  /** Tells a run that was restored of the alarms that it has not acted on. */
  void tellAgain(RunAggregate run) {
    WatchSnapshot decided = watches.of(run).snapshot();
    for (ChannelSnapshot channel : decided.onset().channels()) {
      OnsetAlarm alarm = channel.alarm();
      AlarmAnswer answer = decided.answers().get(channel.channel());
      boolean answered = answer != null && answer.answered() != null;
      if (alarm != null && !answered && !run.isOver()) {
        tell(run, alarm);
      }
    }
  }

  private void tell(RunAggregate run, OnsetAlarm alarm) {
    RunWatch watch = watches.of(run);
    sender
        .apply(message(run, alarm))
        .onComplete(
            result -> {
              AlarmAnswer answer =
                  result.succeeded()
                      ? AlarmAnswer.of(result.result())
                      : AlarmAnswer.failed(problem(result.cause()));
              LOG.info("{}", AlarmWords.answered(run.run(), alarm, answer));
              watch.answered(alarm.channel(), answer);
              changed.accept(run.run());
            });
  }

  private static String problem(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }

  private OnsetDetected message(RunAggregate run, OnsetAlarm alarm) {
    Reading reading = alarm.reading();
    String reason = reading.reason();
    return new OnsetDetected(
        run.run(),
        run.incarnation(),
        alarm.channel(),
        alarm.detectors(),
        reading.epoch(),
        reading.step(),
        reading.lookSpacing(),
        reading.evidence(),
        reading.threshold(),
        reading.estimatedStep() < 0 ? OnsetDetected.NO_ESTIMATE : reading.estimatedStep(),
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
        clock.millis());
  }
}
