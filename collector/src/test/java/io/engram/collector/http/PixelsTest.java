package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.RunId;
import io.engram.events.wire.EventAddresses;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class PixelsTest {
  private static final RunId ALPHA = new RunId("alpha");
  private static final String EXAMPLES = "/api/v1/runs/alpha/examples/";

  private TestCollector collector;
  private MessageConsumer<Integer> trainer;

  @BeforeEach
  void start(Vertx vertx) {
    collector = TestCollector.start(vertx);
    collector.send(new SyntheticRun("alpha", 0.4, "dense0").start());
    trainer = vertx.eventBus().consumer(EventAddresses.pixels(ALPHA), PixelsTest::show);
    trainer.completion().await();
  }

  /** Example 7 is a picture, 8 is one of another size, 9 cannot be read, 10 never comes. */
  private static void show(Message<Integer> request) {
    switch (request.body()) {
      case 7 -> request.reply(Buffer.buffer(new byte[28 * 28]).setByte(5, (byte) 200));
      case 8 -> request.reply(Buffer.buffer(new byte[3]));
      case 9 -> request.fail(500, "the disk is full");
      case 10 -> {}
      default -> request.fail(404, "no example");
    }
  }

  @Test
  void showsWhatTheRunAnswersAndGoesOnToWhenItHasGone() {
    HttpResponse<byte[]> first = collector.getBytes(EXAMPLES + "7/pixels");
    trainer.unregister().await();
    HttpResponse<byte[]> second = collector.getBytes(EXAMPLES + "7/pixels");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(first.headers().firstValue("Engram-Height")).hasValue("28");
    assertThat(first.headers().firstValue("Engram-Width")).hasValue("28");
    assertThat(first.headers().firstValue("Engram-Channels")).hasValue("1");
    assertThat(first.body()).hasSize(28 * 28);
    assertThat(first.body()[5]).isEqualTo((byte) 200);
    assertThat(second.body()).isEqualTo(first.body());
    assertProblem("6", 404, "run 'alpha' is not training any more, and its example 6 was not");
  }

  @Test
  void saysWhyThereIsNoPicture() {
    assertProblem("6", 404, "run 'alpha' has no example 6");
    assertProblem(
        "8", 502, "run 'alpha' answered 3 bytes for example 8, where 28 x 28 x 1 are expected");
    assertProblem("9", 502, "run 'alpha' could not show its example 9: the disk is full");
    assertProblem("10", 504, "run 'alpha' did not answer in time for its example 10: ask again");
    assertProblem("first", 404, "example 'first' is not the id of an example");
    assertProblem("99999999999", 404, "example '99999999999' is not the id of an example");
  }

  private void assertProblem(String id, int status, String problem) {
    HttpResponse<String> answer = collector.get(EXAMPLES + id + "/pixels");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("error")).startsWith(problem);
  }

  @Test
  void keepsNoMoreThanItsBytes() {
    PixelCache cache = new PixelCache(1_100);
    for (int id = 0; id < 3; id++) {
      cache.put(new PixelCache.Key(ALPHA, 1, id), Buffer.buffer(new byte[100]));
    }
    cache.put(new PixelCache.Key(ALPHA, 1, 2), Buffer.buffer(new byte[100]));
    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.get(new PixelCache.Key(ALPHA, 1, 0))).isNotNull();

    cache.put(new PixelCache.Key(ALPHA, 1, 3), Buffer.buffer(new byte[100]));

    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.get(new PixelCache.Key(ALPHA, 1, 1))).isNull();
    assertThat(cache.get(new PixelCache.Key(ALPHA, 1, 0))).isNotNull();
    assertThat(cache.get(new PixelCache.Key(ALPHA, 2, 0))).isNull();
  }
}
