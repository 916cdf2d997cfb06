package io.engram.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.engram.events.EventArbitraries;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.OnsetChannel;
import io.engram.events.OnsetDetected;
import io.engram.events.RunId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OnsetJsonTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/onset");
  private static final OnsetDetected ONSET =
      new OnsetDetected(
          new RunId("glyphs-noise-40"),
          1_790_000_000_000L,
          OnsetChannel.ONSET,
          "canary_rank",
          3,
          1_407,
          117,
          4.5,
          3.75,
          1_290,
          "canaries are learned and 40 % of the labels are contradicted – stop here",
          1_790_000_123_456L);

  @Test
  void whatWasWrittenOnceIsReadForEver() throws IOException {
    assertThat(OnsetJson.detected(golden("detected-v1.json"))).isEqualTo(ONSET);
    assertThat(OnsetJson.of(ONSET)).isEqualTo(golden("detected-v1.json"));
    OnsetAnswered answer = new OnsetAnswered(OnsetAction.PAUSE, 1_409);
    assertThat(OnsetJson.answered(golden("answered-v1.json"))).isEqualTo(answer);
    assertThat(OnsetJson.of(answer)).isEqualTo(golden("answered-v1.json"));
  }

  @Property
  void everyAlarmArrivesAsItWasSaid(@ForAll("alarms") OnsetDetected said) {
    JsonObject overTheWire = new JsonObject(OnsetJson.of(said).encode());
    assertThat(OnsetJson.detected(overTheWire)).isEqualTo(said);
    assertThat(overTheWire.containsKey("estimatedStep")).isEqualTo(said.isEstimated());
  }

  @Property
  void everyAnswerArrivesAsItWasSaid(@ForAll OnsetAction action, @ForAll long step) {
    OnsetAnswered said = new OnsetAnswered(action, step & Long.MAX_VALUE);
    assertThat(OnsetJson.answered(new JsonObject(OnsetJson.of(said).encode()))).isEqualTo(said);
  }

  @Test
  void fieldsOfTomorrowAreIgnored() {
    JsonObject newer =
        OnsetJson.of(ONSET)
            .put("severity", "high")
            .put("more", new JsonObject().put("version", 7))
            .putNull("nothing");
    assertThat(OnsetJson.detected(newer)).isEqualTo(ONSET);
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnsetJson.detected(OnsetJson.of(ONSET).put("version", 2)))
        .withMessage("version is 2, this program reads version 1");
  }

  @Test
  void everyMissingFieldIsNamed() {
    for (String field : OnsetJson.of(ONSET).fieldNames()) {
      JsonObject without = OnsetJson.of(ONSET);
      without.remove(field);
      if (field.equals("estimatedStep")) {
        assertThat(OnsetJson.detected(without).isEstimated()).isFalse();
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> OnsetJson.detected(without))
            .withMessageStartingWith(field + " is missing, must be ");
      }
    }
  }

  @Test
  void whateverIsInAFieldItIsReadOrRefusedWithTheFieldsName() {
    List<Object> hostile =
        Arrays.asList(
            -1,
            -2L,
            1.5,
            1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Long.MAX_VALUE,
            Integer.MIN_VALUE,
            true,
            "",
            " ",
            "ONSET",
            "a\nforged line",
            "a\u2028forged line",
            "x".repeat(100_000),
            new JsonArray().add(1),
            new JsonObject(),
            null);
    for (String field : OnsetJson.of(ONSET).fieldNames()) {
      for (Object value : hostile) {
        Throwable thrown =
            catchThrowable(() -> OnsetJson.detected(OnsetJson.of(ONSET).put(field, value)));
        if (thrown != null) {
          assertThat(thrown)
              .as("%s in %s", value, field)
              .isExactlyInstanceOf(IllegalArgumentException.class);
          assertThat(thrown.getMessage()).doesNotContain("\n").hasSizeLessThan(300);
        }
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnsetJson.detected(OnsetJson.of(ONSET).put("channel", "HARM")))
        .withMessage("channel is not possible, must be one of warn, onset, harm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnsetJson.detected(OnsetJson.of(ONSET).put("reason", "a\nb")))
        .withMessage("reason must be one line of 1 to 1000 characters");
  }

  @Test
  void anEstimateAfterTheDecisionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnsetJson.detected(OnsetJson.of(ONSET).put("estimatedStep", 1_408)))
        .withMessage("estimatedStep is 1408, must be at most the deciding step 1407");
  }

  private static JsonObject golden(String name) throws IOException {
    return new JsonObject(Files.readString(GOLDEN.resolve(name)));
  }

  @Provide
  Arbitrary<OnsetDetected> alarms() {
    Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Double> number =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0));
    Arbitrary<String> line =
        EventArbitraries.text()
            .map(text -> "." + text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]", ""));
    Arbitrary<String> detector =
        Arbitraries.strings().alpha().numeric().withChars("_.-").ofMinLength(1).ofMaxLength(64);
    Arbitrary<long[]> counts = count.array(long[].class).ofSize(3);
    return Combinators.combine(
            EventArbitraries.runIds(),
            Arbitraries.of(OnsetChannel.class),
            detector,
            Arbitraries.integers().greaterOrEqual(0),
            counts,
            number.array(double[].class).ofSize(2),
            Arbitraries.longs().greaterOrEqual(OnsetDetected.NO_ESTIMATE),
            line)
        .as(
            (run, channel, name, epoch, n, numbers, estimate, reason) ->
                new OnsetDetected(
                    run,
                    n[0],
                    channel,
                    name,
                    epoch,
                    n[1],
                    n[2],
                    numbers[0],
                    numbers[1],
                    Math.min(estimate, n[1]),
                    reason,
                    n[2]));
  }
}
