package io.engram.collector.watch;

import io.engram.events.OnsetAnswered;
import org.jspecify.annotations.Nullable;

/**
 * What came of telling a run of an alarm.
 *
 * @param answered what the run did; null where it could not be told, or could not act
 * @param problem why not, in one line; empty where it answered
 */
public record AlarmAnswer(@Nullable OnsetAnswered answered, String problem) {
  /** The run heard the alarm. */
  public static AlarmAnswer of(OnsetAnswered answered) {
    return new AlarmAnswer(answered, "");
  }

  /** The run did not hear the alarm, or could not act. */
  public static AlarmAnswer failed(String problem) {
    return new AlarmAnswer(null, problem);
  }
}
