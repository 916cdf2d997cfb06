package io.engram.trainer.probe.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrajectoryRecorderTest {
  private static final int PARAMETERS = 3;
  private static final int BYTES = 4 * PARAMETERS;

  private static float[] values(long step) {
    return new float[] {step, 0.1f * step, -step};
  }

  private static TrajectoryRecorder recorded(int updates, long keep, long memory, long disk)
      throws IOException {
    TrajectoryRecorder recorder = new TrajectoryRecorder(PARAMETERS, 10, keep, memory, disk);
    for (int s = 10; s < 10 + updates; s++) {
      recorder.record(values(s), new int[] {s, s + 1}, 0.5 * s);
    }
    return recorder;
  }

  private static void assertHolds(Trajectory view, long first, long end) {
    assertThat(view.first()).isEqualTo(first);
    assertThat(view.end()).isEqualTo(end);
    double[] read = new double[PARAMETERS];
    for (long s = end; s >= first; s--) {
      view.parameters(s, read);
      float[] expected = values(s);
      assertThat(read)
          .containsExactly(IntStream.range(0, PARAMETERS).mapToDouble(j -> expected[j]).toArray());
      if (s < end) {
        assertThat(view.rows(s)).containsExactly((int) s, (int) s + 1);
        assertThat(view.learningRate(s)).isEqualTo(0.5 * s);
      }
    }
  }

  @Test
  void keepsEverythingInMemory() throws IOException {
    try (TrajectoryRecorder recorder = recorded(6, Long.MAX_VALUE, 6 * BYTES, 0)) {
      assertHolds(recorder.view(values(16)), 10, 16);
    }
  }

  @Test
  void spillsWhatMemoryDoesNotHold() throws IOException {
    try (TrajectoryRecorder recorder = recorded(6, Long.MAX_VALUE, 2 * BYTES, 4 * BYTES)) {
      assertHolds(recorder.view(values(16)), 10, 16);
    }
  }

  @Test
  void aViewStaysWhatItWas() throws IOException {
    try (TrajectoryRecorder recorder = recorded(4, Long.MAX_VALUE, BYTES, 9 * BYTES)) {
      Trajectory view = recorder.view(values(14));
      recorder.record(values(99), new int[] {1}, 1);

      assertHolds(view, 10, 14);
      assertThat(recorder.view(values(15)).end()).isEqualTo(15);
    }
  }

  @Test
  void keepsTheLastOnes() throws IOException {
    try (TrajectoryRecorder recorder = recorded(6, 2, 2 * BYTES, 0)) {
      assertThat(recorder.size()).isEqualTo(2);
      assertHolds(recorder.view(values(16)), 14, 16);
    }
  }

  @Test
  void saysWhenTheLimitsAreReached() {
    assertThatThrownBy(() -> recorded(6, Long.MAX_VALUE, 2 * BYTES, 3 * BYTES))
        .isInstanceOf(IOException.class)
        .hasMessage("15 updates of 3 parameters need more than 0 MiB of memory and 0 MiB of disk");
  }

  @Test
  void closingForgetsAll() throws IOException {
    TrajectoryRecorder recorder = recorded(6, Long.MAX_VALUE, BYTES, 9 * BYTES);
    recorder.close();

    assertThat(recorder.size()).isZero();
    recorder.close();
  }
}
