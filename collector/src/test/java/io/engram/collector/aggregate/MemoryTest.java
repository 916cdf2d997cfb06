package io.engram.collector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of all arrays of the per-example state, whatever part of them is used. */
class MemoryTest {
  private static final int N = 60_000;
  private static final int CHUNK = 4096;

  @Test
  void contiguousIdsTake60BytesEach() throws IllegalAccessException {
    ExamplesAggregator examples = described(IntStream.range(0, N).toArray(), N);
    assertThat(examples.snapshot().described()).isEqualTo(N);
    assertThat(exampleBytes(examples)).isEqualTo(60L * N);
  }

  @Test
  void idsOutOfOrderTake64BytesEach() throws IllegalAccessException {
    int[] ids = IntStream.range(0, N).map(i -> (i + N / 2) % N * 3).toArray();
    ExamplesAggregator examples = described(ids, N);
    assertThat(examples.snapshot().described()).isEqualTo(N);
    assertThat(exampleBytes(examples)).isEqualTo(64L * N);
  }

  @Test
  void withoutAHeaderThereIsLittleSlack() throws IllegalAccessException {
    assertThat(exampleBytes(described(IntStream.range(0, N).toArray(), 0)))
        .isLessThanOrEqualTo(4_000_000);
  }

  @Test
  void aHeaderThatPromisesTooMuchCostsAtMostDouble() throws IllegalAccessException {
    assertThat(exampleBytes(described(IntStream.range(0, N).toArray(), Integer.MAX_VALUE)))
        .isLessThanOrEqualTo(2 * 60L * N);
  }

  @Test
  void allThatARunHoldsBesideItsSeriesIsBelow4Megabytes() throws IllegalAccessException {
    assertThat(bytes(described(IntStream.range(0, N).toArray(), N), 4))
        .isBetween(60L * N, 4_000_000L);
  }

  private static ExamplesAggregator described(int[] ids, int expected) {
    ExamplesAggregator examples = new ExamplesAggregator();
    examples.onTrainingExamples(expected);
    for (int from = 0; from < ids.length; from += CHUNK) {
      int[] chunk = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + CHUNK));
      int[] labels = new int[chunk.length];
      examples.onExamplesDescribed(
          new ExamplesDescribed(ExampleRole.TRAINING, chunk, labels, labels));
    }
    return examples;
  }

  private static long exampleBytes(ExamplesAggregator examples) throws IllegalAccessException {
    for (Field field : ExamplesAggregator.class.getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(examples) instanceof ExampleDynamics dynamics) {
        return bytes(dynamics, 2);
      }
    }
    throw new AssertionError("no per-example state found");
  }

  private static long bytes(Object owner, int depth) throws IllegalAccessException {
    long bytes = 0;
    for (Field field : owner.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      field.setAccessible(true);
      Object value = field.get(owner);
      if (value != null && value.getClass().isArray()) {
        bytes += arrayBytes(value);
      } else if (value != null
          && depth > 1
          && value.getClass().getPackage() == MemoryTest.class.getPackage()
          && !value.getClass().isEnum()) {
        bytes += value instanceof ExampleGroup && depth < 3 ? 0 : bytes(value, depth - 1);
      }
    }
    return bytes;
  }

  private static long arrayBytes(Object array) {
    Class<?> type = array.getClass().getComponentType();
    int width =
        type == int.class || type == float.class
            ? 4
            : type == byte.class ? 1 : type == char.class ? 2 : 8;
    return (long) width * Array.getLength(array);
  }
}
