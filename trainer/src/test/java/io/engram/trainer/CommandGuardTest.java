package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.RunCommand;
import io.engram.events.wire.CommandMessage;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CommandGuardTest {
  private final AtomicLong now = new AtomicLong(1_790_000_000_000L);
  private final InstantSource clock = () -> java.time.Instant.ofEpochMilli(now.get());
  private final CommandGuard guard = new CommandGuard(clock);

  @Test
  void aCommandHoldsOnce() {
    CommandMessage pause = CommandMessage.of(RunCommand.PAUSE, clock);

    assertThat(guard.objection(pause)).isNull();
    assertThat(guard.objection(pause)).contains("came before");
    assertThat(guard.objection(CommandMessage.of(RunCommand.PAUSE, clock))).isNull();
  }

  @Test
  void aCommandHoldsNotForLong() {
    CommandMessage stop = CommandMessage.of(RunCommand.STOP, clock);
    CommandMessage other = CommandMessage.of(RunCommand.STOP, clock);

    now.addAndGet(CommandMessage.HOLDS.toMillis() - 1);
    assertThat(guard.objection(stop)).isNull();
    now.addAndGet(1_501);
    assertThat(guard.objection(other)).startsWith("the command came 1.5 s too late");
    assertThat(guard.objection(stop)).as("forgotten, and too late").contains("too late");
  }

  @Test
  void noCommandHoldsForLongerThanCommandsMay() {
    CommandMessage made = CommandMessage.of(RunCommand.STOP, clock);

    assertThat(guard.objection(new CommandMessage(RunCommand.STOP, made.nonce(), Long.MAX_VALUE)))
        .contains("longer than commands may");
  }
}
