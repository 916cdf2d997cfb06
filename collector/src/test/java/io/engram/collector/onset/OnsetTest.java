package io.engram.collector.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.collector.aggregate.RunAggregate;
import io.engram.events.OnsetChannel;
import io.engram.events.RunStarted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OnsetTest {
  private static byte[] save(Onset onset) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    onset.save(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Onset restore(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    Onset onset = Onset.restore(new DataInputStream(in));
    assertThat(in.available()).isZero();
    return onset;
  }

  private static List<OnsetAlarm> follow(TinyRun run, Onset onset) {
    List<OnsetAlarm> alarms = new ArrayList<>();
    while (run.hasNext()) {
      alarms.addAll(onset.update(run.next()));
    }
    return alarms;
  }

  @Test
  void aNoisyRunRaisesAllChannelsInTheirOrder() {
    Onset onset = new Onset(RunStarted.Onset.DEFAULT);
    List<OnsetAlarm> alarms = follow(new TinyRun(1).noisy().canaries().holdout(), onset);
    assertThat(alarms)
        .extracting(OnsetAlarm::channel)
        .containsExactly(OnsetChannel.WARN, OnsetChannel.ONSET, OnsetChannel.HARM);
    assertThat(alarms)
        .extracting(OnsetAlarm::detectors)
        .containsExactly("canary_rank", "canary_rank_and_label_noise", "consensus_fall");
    for (OnsetAlarm alarm : alarms) {
      assertThat(alarm.reading().level()).isEqualTo(OnsetLevel.RAISED);
      assertThat(alarm.reading().step()).isPositive();
      assertThat(alarm.reading().lookSpacing()).isEqualTo(TinyRun.SPACING);
      ChannelSnapshot latched = onset.snapshot().channel(alarm.channel());
      assertThat(latched.alarm()).isEqualTo(alarm);
      assertThat(latched.level()).isEqualTo(OnsetLevel.RAISED);
    }
    assertThat(onset.snapshot().flipRate()).isBetween(0.3, 0.5);
    assertThat(onset.snapshot().fitted()).isBetween(0.1, 1.0);
    assertThat(onset.snapshot().detectors())
        .extracting(DetectorSnapshot::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void withoutCanariesOnsetGoesByFallAndGapOrByTheFallAlone() {
    assertThat(follow(new TinyRun(2).noisy().holdout(), new Onset(RunStarted.Onset.DEFAULT)))
        .extracting(OnsetAlarm::detectors)
        .containsExactly("fall_and_gap", "consensus_fall");
    Onset alone = new Onset(RunStarted.Onset.DEFAULT);
    assertThat(follow(new TinyRun(2).noisy(), alone))
        .extracting(OnsetAlarm::detectors)
        .containsExactly("contradiction_fall", "consensus_fall");
    ChannelSnapshot warn = alone.snapshot().channel(OnsetChannel.WARN);
    assertThat(warn.level()).isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(warn.reason()).isEqualTo("the run has no canaries");
  }

  @Test
  void aCleanRunOnlyWarns() {
    Onset onset = new Onset(RunStarted.Onset.DEFAULT);
    assertThat(follow(new TinyRun(3).canaries().holdout(), onset))
        .extracting(OnsetAlarm::channel)
        .containsExactly(OnsetChannel.WARN);
    assertThat(onset.snapshot().channel(OnsetChannel.ONSET).level()).isEqualTo(OnsetLevel.QUIET);
    assertThat(onset.snapshot().channel(OnsetChannel.HARM).level()).isEqualTo(OnsetLevel.QUIET);
    assertThat(onset.snapshot().fitted()).isNaN();
  }

  @Test
  void nothingIsKnownBeforeTheFirstLook() {
    OnsetSnapshot snapshot = new Onset(RunStarted.Onset.DEFAULT).snapshot();
    assertThat(snapshot.channels())
        .extracting(ChannelSnapshot::level)
        .containsOnly(OnsetLevel.UNKNOWN);
    assertThat(snapshot.channels())
        .extracting(ChannelSnapshot::reason)
        .allMatch(reason -> reason.contains("nothing was looked at yet"));
    assertThat(snapshot.flipRate()).isNaN();
  }

  @Test
  void whereTheRunGoesBackItsLaterAlarmsAreUndone() {
    TinyRun run = new TinyRun(4).noisy().canaries().holdout();
    Onset onset = new Onset(RunStarted.Onset.DEFAULT);
    List<OnsetAlarm> first = follow(run, onset);
    OnsetAlarm harm = first.get(2);
    RunAggregate aggregate = run.resumeAt(harm.reading().step());
    assertThat(onset.update(aggregate)).isEmpty();
    assertThat(onset.snapshot().channel(OnsetChannel.ONSET).alarm()).isEqualTo(first.get(1));
    assertThat(onset.snapshot().channel(OnsetChannel.HARM).level()).isEqualTo(OnsetLevel.UNKNOWN);
    assertThat(onset.snapshot().channel(OnsetChannel.HARM).reason()).startsWith("burn-in: until");
    List<OnsetAlarm> again = follow(run, onset);
    assertThat(again).extracting(OnsetAlarm::channel).containsExactly(OnsetChannel.HARM);
    assertThat(again.get(0).reading().step()).isGreaterThan(harm.reading().step());
  }

  @Test
  void aNewRunOfTheSameIdBeginsAnew() {
    Onset onset = new Onset(RunStarted.Onset.DEFAULT);
    follow(new TinyRun(5).noisy().canaries(), onset);
    onset.update(new TinyRun(6).noisy().canaries().next());
    assertThat(onset.snapshot().channels())
        .extracting(ChannelSnapshot::level)
        .doesNotContain(OnsetLevel.RAISED);
    assertThat(onset.snapshot().looks()).isZero();
  }

  /** Restored after any event, it answers and continues as if nothing had happened. */
  @Property(tries = 30)
  void aRestoredOnsetContinues(
      @ForAll @IntRange(max = 120) int cut,
      @ForAll @IntRange(max = 3) int seed,
      @ForAll boolean noisy,
      @ForAll boolean canaries,
      @ForAll boolean holdout)
      throws IOException {
    TinyRun run = TinyRun.of(seed, noisy, canaries, holdout);
    Onset unbroken = new Onset(new RunStarted.Onset(0.02, 0.3));
    Onset broken = new Onset(new RunStarted.Onset(0.02, 0.3));
    int events = 0;
    while (run.hasNext()) {
      RunAggregate aggregate = run.next();
      if (events++ == cut) {
        broken = restore(save(broken));
        aggregate = run.restored();
      }
      assertThat(broken.update(aggregate)).isEqualTo(unbroken.update(aggregate));
    }
    assertThat(broken.snapshot()).isEqualTo(unbroken.snapshot());
    assertThat(save(broken)).isEqualTo(save(unbroken));
    Onset replayed = new Onset(new RunStarted.Onset(0.02, 0.3));
    follow(TinyRun.of(seed, noisy, canaries, holdout), replayed);
    assertThat(save(replayed)).isEqualTo(save(unbroken));
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    Onset onset = new Onset(RunStarted.Onset.DEFAULT);
    follow(new TinyRun(7).noisy().canaries().holdout(), onset);
    byte[] bytes = save(onset);
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 97) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> restore(cut)).isInstanceOf(IOException.class);
    }
    bytes[3] = 9;
    assertThatThrownBy(() -> restore(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("onset state has version 9, but this collector reads version 2");
  }
}
