package io.engram.collector;

import io.engram.collector.onset.OnsetAlarm;
import io.engram.collector.onset.Reading;
import io.engram.collector.watch.AlarmAnswer;
import io.engram.events.OnsetAnswered;
import io.engram.events.RunId;
import java.util.Locale;

/** An alarm, and what came of it, each in one line for the log. */
final class AlarmWords {
  private AlarmWords() {}

  static String raised(RunId run, OnsetAlarm alarm) {
    Reading reading = alarm.reading();
    String estimate =
        reading.estimatedStep() < 0
            ? ""
            : "; it may have begun at step %d, an estimate without a guarantee"
                .formatted(reading.estimatedStep());
    return String.format(
        Locale.ROOT,
        "Run %s, channel %s: %s. Raised at step %d, epoch %d, by %s: %s%s. What happened since the"
            + " look before, %d steps ago, is seen now. The run is told, and does what its run file"
            + " says under onset.on_onset",
        run,
        alarm.channel().label(),
        meaning(alarm),
        reading.step(),
        reading.epoch(),
        alarm.detectors(),
        reading.reason(),
        estimate,
        reading.lookSpacing());
  }

  private static String meaning(OnsetAlarm alarm) {
    return switch (alarm.channel()) {
      case WARN -> "single examples have influence, memorizing has become possible";
      case ONSET -> "labels that contradict what was learned are being fitted";
      case HARM -> "what was learned is being lost";
    };
  }

  static String answered(RunId run, OnsetAlarm alarm, AlarmAnswer answer) {
    OnsetAnswered done = answer.answered();
    if (done == null) {
      return "Run %s did not act on its alarm of channel %s at step %d: %s"
          .formatted(run, alarm.channel().label(), alarm.reading().step(), answer.problem());
    }
    String did =
        switch (done.action()) {
          case NONE -> "goes on, as its run file says; step";
          case CHECKPOINT -> "wrote a checkpoint and goes on, at step";
          case PAUSE -> "wrote a checkpoint and is paused until it is resumed, at step";
          case STOP -> "wrote a checkpoint and stopped, at step";
        };
    return "Run %s heard its alarm of channel %s at step %d and %s %d"
        .formatted(run, alarm.channel().label(), alarm.reading().step(), did, done.step());
  }
}
