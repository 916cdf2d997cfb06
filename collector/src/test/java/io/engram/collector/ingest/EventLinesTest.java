package io.engram.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engram.events.EventArbitraries;
import io.engram.events.EventComparison;
import io.engram.events.EventEnvelope;
import io.engram.events.EventExamples;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesDescribed;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventLinesTest {
  private static final RunId RUN = new RunId("alpha");
  private static final String STEP =
      "{\"sequence\":0,\"epoch\":0,\"step\":0,\"event\":{\"type\":\"StepCompleted\",\"examples\":64,"
          + "\"correct\":40,\"lossSum\":81.2,\"learningRate\":0.1,\"durationSeconds\":0.01}}";
  private static final String CHECKPOINT =
      "{\"sequence\":%d,\"epoch\":0,\"step\":0,\"event\":{\"type\":\"CheckpointSaved\",\"location\":\"x\"}}";

  @Provide
  Arbitrary<EventEnvelope> envelopes() {
    return EventArbitraries.envelopes();
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void whatIsWrittenIsReadAsItWas(@ForAll("envelopes") EventEnvelope envelope) {
    EventEnvelope read =
        EventLines.read(
                EventJson.lines(List.of(envelope)).getBytes(StandardCharsets.UTF_8),
                envelope.run(),
                envelope.incarnation(),
                1,
                false)
            .get(0);

    assertThat(read).usingRecursiveComparison(EventComparison.exact()).isEqualTo(envelope);
  }

  @Test
  void readsEveryKindOfEvent() {
    List<EventEnvelope> all = EventExamples.all();

    List<EventEnvelope> read =
        EventLines.read(
            EventJson.lines(all).getBytes(StandardCharsets.UTF_8),
            all.get(0).run(),
            all.get(0).incarnation(),
            1,
            false);

    assertThat(read).usingRecursiveComparison(EventComparison.exact()).isEqualTo(all);
    assertThat(read).extracting(e -> e.event().getClass().getSimpleName()).doesNotHaveDuplicates();
    assertThat(read).hasSize(TrainingEvent.class.getPermittedSubclasses().length);
  }

  @Test
  void littleIsEnough() {
    List<EventEnvelope> read =
        read(
            "{\"sequence\":0,\"epoch\":0,\"step\":0,\"event\":{\"type\":\"RunStarted\",\"dataset\":"
                + "{\"name\":\"mine\",\"trainingExamples\":100,\"classes\":3},\"training\":"
                + "{\"batchSize\":10,\"epochs\":2,\"stepsPerEpoch\":10}}}\r\n\n  \n"
                + "{\"sequence\":1,\"epoch\":0,\"step\":0,\"event\":{\"type\":\"ExamplesDescribed\","
                + "\"role\":\"holdout\",\"ids\":[5,7],\"givenLabels\":[0,2]}}");

    RunStarted started = (RunStarted) read.get(0).event();
    assertThat(read.get(0).timestampMillis()).isEqualTo(77);
    assertThat(started.dataset().name()).isEqualTo("mine");
    assertThat(started.noise().labels()).isEqualTo("none");
    assertThat(started.resumedFromStep()).isEqualTo(-1);
    assertThat(started.onset()).isEqualTo(RunStarted.Onset.DEFAULT);
    ExamplesDescribed described = (ExamplesDescribed) read.get(1).event();
    assertThat(described.role()).isEqualTo(ExampleRole.HOLDOUT);
    assertThat(described.trueLabels()).containsExactly(-1, -1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "81.2|\"a\"|field event.lossSum: must be a number, or \"NaN\", \"Infinity\", \"-Infinity\", was \"a\"",
        "81.2|null|field event.lossSum: must be a number, or \"NaN\", \"Infinity\", \"-Infinity\", was null",
        "81.2|1e999|field event.lossSum: is beyond the range of a 64-bit floating-point number",
        "81.2|NaN|is not JSON: write \"NaN\", \"Infinity\" and \"-Infinity\" in quotes",
        "64|64.5|field event.examples: must be a whole number from -2147483648 to 2147483647, was 64.5",
        "64|3000000000|field event.examples: must be a whole number from -2147483648 to 2147483647, was 3000000000",
        "64|30|field event: is impossible: StepCompleted.correct 40 is not between 0 and examples 30",
        "\"correct\":40,||field event.correct: is missing",
        "\"correct\"|\"corect\"|field event.corect: is unknown: StepCompleted has examples, correct, lossSum, learningRate, durationSeconds",
        "\"epoch\":0|\"epoch\":-1|envelope of run alpha: incarnation 3, sequence 0, epoch -1 and step 0 must not be negative",
        "StepCompleted|StepDone|field event.type: must be one of RunStarted, ExamplesDescribed, StepCompleted",
        "\"type\":\"StepCompleted\",||field event.type: is missing",
        "\"examples\":64|\"examples\":[]|was a list",
        "\"step\":0|\"step\":0,\"step\":1|is not JSON: Duplicate",
        "\"step\":0|\"step\":0,\"run\":\"b\"|field run: is unknown: Line has sequence, epoch, step, timestampMillis, event",
        "}}|}|is not JSON: Unexpected end-of-input",
        "}}|}} {}|is not JSON: Trailing token"
      })
  void saysWhatIsWrongAndWhere(String right, String wrong, String said) {
    String body =
        CHECKPOINT.formatted(0) + "\n\n" + STEP.replace(right, wrong == null ? "" : wrong);

    assertThatThrownBy(() -> read(body))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessageStartingWith("nothing was taken: line 3: ")
        .hasMessageContaining(said)
        .hasMessageNotContaining("\n");
  }

  @Test
  void namesAnElementOfAList() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"sequence\":0,\"epoch\":0,\"step\":0,\"event\":{\"type\":\"EpochCompleted\","
                        + "\"evaluations\":[{\"split\":\"train\",\"examples\":1,\"correct\":1,"
                        + "\"lossSum\":0},{\"split\":\"trian\",\"examples\":1,\"correct\":1,"
                        + "\"lossSum\":0}],\"durationSeconds\":1}}"))
        .hasMessageContaining(
            "field event.evaluations[1].split: must be one of train, train_true, validation");
  }

  @Test
  void tellsOfSeveralLinesAtOnce() {
    UnreadableLinesException failure =
        catchThrowableOfType(
            UnreadableLinesException.class,
            () -> read(STEP.replace("64", "x") + "\n" + STEP + "\n{}\n" + "[1]\n".repeat(20)));

    assertThat(failure.problems()).hasSize(10);
    assertThat(failure.problems()).extracting(LineProblem::line).startsWith(1, 3, 4);
    assertThat(failure.problems().get(1)).hasToString("line 3: field sequence: is missing");
  }

  @Test
  void sequencesFollowEachOther() {
    String gap = CHECKPOINT.formatted(4) + "\n" + CHECKPOINT.formatted(6);

    assertThatThrownBy(() -> read(gap))
        .hasMessageEndingWith("line 2: field sequence: must be 5, was 6");
    assertThat(EventLines.read(bytes(gap), RUN, 3, 77, true)).hasSize(2);
    assertThatThrownBy(
            () ->
                EventLines.read(
                    bytes(CHECKPOINT.formatted(4) + "\n" + CHECKPOINT.formatted(4)),
                    RUN,
                    3,
                    77,
                    true))
        .hasMessageEndingWith("line 2: field sequence: must be at least 5, was 4");
  }

  @Test
  void sizesAreBounded() {
    String described =
        "{\"sequence\":0,\"epoch\":0,\"step\":0,\"event\":{\"type\":\"ExamplesDescribed\","
            + "\"role\":\"training\",\"ids\":[%s0],\"givenLabels\":[]}}";
    assertThatThrownBy(() -> read(described.formatted("0,".repeat(1 << 18))))
        .hasMessageContaining("field event.ids: has 262145 elements, must have at most 262144");
    assertThatThrownBy(() -> read(" ".repeat(4 << 20) + "{}"))
        .hasMessageContaining("line 1: has 4194306 bytes, must have at most 4194304");
    assertThatThrownBy(() -> read("[".repeat(100)))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessageContaining("line 1: is not JSON: ");
    assertThatThrownBy(() -> read(STEP.replace("StepCompleted", "x".repeat(1 << 17))))
        .isInstanceOf(UnreadableLinesException.class);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= 10_000; i++) {
      many.append(CHECKPOINT.formatted(i)).append('\n');
    }
    assertThatThrownBy(() -> read(many.toString()))
        .isInstanceOf(TooLongException.class)
        .hasMessage("the body has more than 10000 events: send them in several");
  }

  @Test
  void nothingIsNoEvent() {
    assertThatThrownBy(() -> read("\n \n"))
        .hasMessageContaining("there is no event: send one a line, as JSON");
  }

  @Test
  void inflatesWhatIsNotTooLong() throws IOException {
    assertThat(EventLines.inflate(gzip(bytes(STEP)))).isEqualTo(bytes(STEP));
    assertThatThrownBy(() -> EventLines.inflate(gzip(new byte[(16 << 20) + 1])))
        .isInstanceOf(TooLongException.class)
        .hasMessage("the body has more than 16777216 bytes once inflated");
    assertThatThrownBy(() -> EventLines.inflate(bytes(STEP)))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessageContaining("the body is no gzip");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static List<EventEnvelope> read(String body) {
    return EventLines.read(bytes(body), RUN, 3, 77, false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
