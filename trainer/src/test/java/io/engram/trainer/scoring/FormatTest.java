package io.engram.trainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.RandomForest;
import io.engram.trainer.svalidation.Scores;
import io.engram.trainer.svalidation.ScoringTask;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is written is read, whatever its shape; what is damaged is refused and never crashes. */
final class FormatTest {
  @Property(tries = 300)
  void aTaskArrivesAsItWasSent(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int most) {
    ScoringTask task = ScoringTasks.of(seed);

    ReceivedTask received = new ReceivedTask(TaskHeader.decode(TaskHeader.of(task).encode()));
    TaskValues values = new TaskValues(task);
    long sent = 0;
    for (byte[] bytes = values.next(4 * most); bytes.length > 0; bytes = values.next(4 * most)) {
      assertThat(received.isComplete()).isFalse();
      TaskRequest chunk = TaskRequest.decode(TaskRequest.chunk(7, sent, bytes).encode());
      assertThat(chunk.kind()).isEqualTo(TaskRequest.Kind.CHUNK);
      assertThat(chunk.task()).isEqualTo(7);
      received.add(chunk.offset(), chunk.bytes());
      sent += bytes.length;
    }

    assertThat(received.isComplete()).isTrue();
    ScoringTask arrived = received.take();
    assertThat(arrived.train()).isEqualTo(task.train());
    assertThat(arrived.sets()).isEqualTo(task.sets());
    assertThat(arrived.labels()).containsExactly(task.labels());
    assertThat(arrived.validation()).isEqualTo(task.validation());
    assertThat(arrived.validationLabels()).containsExactly(task.validationLabels());
    assertThat(arrived.classes()).isEqualTo(task.classes());
    assertThat(arrived.profile()).isSameAs(task.profile());
    assertThat(arrived.seed()).isEqualTo(task.seed());
  }

  @Property(tries = 100)
  void scoresArriveAsTheyWereSent(@ForAll long seed) {
    Scores scores = ScoringTasks.scores(seed);
    assertThat(ScoresFormat.decode(ScoresFormat.encode(scores))).isEqualTo(scores);
  }

  @Property(tries = 500)
  void damagedMessagesAreRefusedOrReadAsAnother(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] chunk = new byte[4 * random.nextInt(6)];
    random.nextBytes(chunk);
    List<Buffer> messages =
        List.of(
            TaskHeader.of(ScoringTasks.of(seed)).encode(),
            TaskRequest.chunk(random.nextLong(), random.nextLong(), chunk).encode(),
            ScoresFormat.encode(ScoringTasks.scores(seed)),
            new Ticket(random.nextLong(), "engram").encode());
    List<Function<Object, Object>> readers =
        List.of(TaskHeader::decode, TaskRequest::decode, ScoresFormat::decode, Ticket::decode);
    byte[] bytes = messages.get(random.nextInt(messages.size())).getBytes();
    byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    for (Function<Object, Object> reader : readers) {
      assertThatCode(() -> read(reader, damaged)).doesNotThrowAnyException();
    }
  }

  private static void read(Function<Object, Object> reader, byte[] bytes) {
    try {
      assertThat(reader.apply(Buffer.buffer(bytes))).isNotNull();
    } catch (Refusal expected) {
      assertThat(expected.code()).isEqualTo(Refusal.MALFORMED);
      assertThat(expected).message().isNotBlank().doesNotContain("\n");
    }
  }

  @Property(tries = 200)
  void aChangedByteOfAChunkIsNoticed(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] chunk = new byte[4 + 4 * random.nextInt(50)];
    random.nextBytes(chunk);
    byte[] sent = TaskRequest.chunk(1, 0, chunk).encode().getBytes();
    sent[sent.length - 1 - random.nextInt(chunk.length)] ^= (byte) (1 << random.nextInt(8));

    assertThatThrownBy(() -> TaskRequest.decode(Buffer.buffer(sent)))
        .isInstanceOf(Refusal.class)
        .hasMessage("the bytes at 0 are damaged");
  }

  @Test
  void anotherVersionIsNamed() {
    Buffer later = TaskRequest.await(1).encode().setByte(0, (byte) 2);
    assertThatThrownBy(() -> TaskRequest.decode(later))
        .hasMessage("message is of version 2, must be 1");
  }

  /** Equal names are not enough: scores of another classifier must never be taken for these. */
  @Test
  void aProfileThatTheScorerDoesNotKnowIsNamed() {
    NullProfile changed = new NullProfile("FAST", new RandomForest(99), 20, 100, 5);
    Features one = new Features(1, 1, new float[1]);
    ScoringTask task =
        new ScoringTask(one, List.of(one), new int[1], null, new int[0], 2, changed, 1);

    assertThatThrownBy(() -> TaskHeader.decode(TaskHeader.of(task).encode()))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("profile: is FAST (random-forest-v1 trees=99")
        .hasMessageContaining("this scorer knows [PAPER (random-forest-v1 trees=500");
  }

  @Test
  void whatIsNoBufferIsNamed() {
    Stream.of("begin", 7, new byte[3])
        .forEach(
            message ->
                assertThatThrownBy(() -> TaskHeader.decode(message))
                    .isInstanceOf(Refusal.class)
                    .hasMessageEndingWith("must be a buffer"));
    assertThatThrownBy(() -> TaskHeader.decode(null)).hasMessageStartingWith("message is empty");
  }
}
