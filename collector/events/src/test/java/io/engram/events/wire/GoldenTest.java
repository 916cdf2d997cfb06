package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventArbitraries;
import io.engram.events.EventBatch;
import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import io.engram.events.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that were written once and are read for ever. A new kind of event needs a new file: {@code
 * -Dengram.golden.write=true} writes the files that are missing and leaves the others alone.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");

  /**
   * What has been written in more than one layout of version 1. All layouts are read, with the
   * defaults of the fields that they lack; the last is written.
   */
  private static final Map<String, Integer> LAYOUTS =
      Map.of("RunStarted", 2, "TrainerReported", 3, "batch", 4);

  static Stream<EventEnvelope> examples() {
    return EventExamples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aFrameIsReadAndWrittenAsEver(EventEnvelope example) {
    assertGolden(example.event().getClass().getSimpleName(), List.of(example));
  }

  @Test
  void aBatchIsReadAndWrittenAsEver() {
    assertGolden("batch", EventExamples.first());
  }

  @Test
  void everyKindHasItsExampleItsArbitraryItsGoldenFileAndItsCode() throws IOException {
    Set<Class<?>> kinds = Set.of(TrainingEvent.class.getPermittedSubclasses());
    assertThat(examples().map(e -> e.event().getClass()).collect(Collectors.toSet()))
        .isEqualTo(kinds);
    assertThat(Set.copyOf(EventArbitraries.kinds())).isEqualTo(kinds);
    assertThat(Stream.of(EventKind.values()).map(EventKind::code))
        .containsExactlyInAnyOrderElementsOf(
            examples().map(e -> (int) Frames.kind(Frames.of(e))).toList());
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(kinds.stream().map(Class::getSimpleName), Stream.of("batch"))
                  .flatMap(GoldenTest::layouts)
                  .map(name -> name + ".bin")
                  .toList());
    }
  }

  private static void assertGolden(String name, List<EventEnvelope> envelopes) {
    byte[] last = {};
    for (String layout : layouts(name).toList()) {
      last = golden(layout, envelopes);
      assertThat(WireFormatV1.decode(ByteBuffer.wrap(last)))
          .usingRecursiveComparison(EventComparison.exact())
          .isEqualTo(new EventBatch(envelopes, 0));
    }
    assertThat(Frames.of(envelopes)).isEqualTo(last);
  }

  private static Stream<String> layouts(String name) {
    return IntStream.rangeClosed(1, LAYOUTS.getOrDefault(name, 1))
        .mapToObj(layout -> layout == 1 ? name : name + "-" + layout);
  }

  private static byte[] golden(String name, List<EventEnvelope> envelopes) {
    Path file = GOLDEN.resolve(name + ".bin");
    try {
      if (Boolean.getBoolean("engram.golden.write") && Files.notExists(file)) {
        Files.createDirectories(GOLDEN);
        Files.write(file, Frames.of(envelopes));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
