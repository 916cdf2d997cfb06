package io.engram.collector.http;

import static io.engram.collector.http.StreamClient.run;
import static io.engram.collector.http.StreamClient.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Poll;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class EventStreamTest {
  private static final int STEPS = 30;

  @Test
  void beginsWithEverything(Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("alpha", 0, "dense0"), 1);

    try (StreamClient client = new StreamClient(collector).read()) {
      JsonObject first = client.await(frame -> true);

      assertThat(first.getBoolean("full")).isTrue();
      assertThat(run(first, "alpha").getJsonObject("series").getJsonObject("step_loss"))
          .isEqualTo(new JsonObject("{\"steps\":[],\"values\":[]}"));
      assertThat(client.otherLines())
          .contains("HTTP/1.1 200 OK", "content-type: text/event-stream", "retry: 2000");
    }
  }

  @Test
  void tellsEveryStepOnceInFewerFrames(Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun alpha = new SyntheticRun("alpha", 0, "dense0");
    collector.send(alpha.start());
    try (StreamClient client = new StreamClient(collector).read()) {
      client.await(frame -> frame.getBoolean("full"));

      for (int i = 0; i < STEPS; i++) {
        collector.send(alpha.step());
      }

      client.await(frame -> steps(frame, "alpha") == STEPS);
      List<Long> told = new ArrayList<>();
      for (JsonObject frame : client.frames()) {
        JsonObject loss = run(frame, "alpha").getJsonObject("series").getJsonObject("step_loss");
        if (loss != null) {
          loss.getJsonArray("steps").forEach(step -> told.add(((Number) step).longValue()));
        }
      }
      assertThat(told).isEqualTo(LongStream.range(0, STEPS).boxed().toList());
      assertThat(client.frames()).hasSizeLessThan(STEPS);
    }
  }

  @Test
  void tellsOnlyWhatChanged(Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun alpha = new SyntheticRun("alpha", 0);
    collector.send(alpha.start());
    collector.send(new SyntheticRun("beta", 0).start());
    try (StreamClient client = new StreamClient(collector).read()) {
      client.await(frame -> frame.getBoolean("full"));

      collector.send(alpha.step());

      JsonObject news = client.await(frame -> steps(frame, "alpha") == 1);
      assertThat(news.getBoolean("full")).isFalse();
      assertThat(news.getJsonArray("runs")).hasSize(1);
    }
  }

  @Test
  void tellsThatARunLeft(Vertx vertx) throws IOException {
    TestCollector collector =
        TestCollector.start(vertx, new JsonObject().put("runRetentionSeconds", 1));
    collector.send(new SyntheticRun("alpha", 0).start());
    try (StreamClient client = new StreamClient(collector).read()) {
      client.await(frame -> frame.getJsonArray("removed").contains("alpha"));
    }
  }

  @Test
  void aSlowClientMissesFramesAndCatchesUp(Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun alpha = new SyntheticRun("alpha", 0);
    collector.send(alpha.start());
    collector.send(alpha.stop("so that frames are large: " + "x".repeat(500_000)));
    try (StreamClient slow = new StreamClient(collector)) {
      AtomicInteger steps = new AtomicInteger();
      Poll.until(
          () -> {
            collector.send(alpha.step());
            steps.incrementAndGet();
            return skipped(collector) > 3;
          });

      slow.read();

      slow.await(frame -> frame.getBoolean("full") && steps(frame, "alpha") == steps.get());
      assertThat(slow.frames().size()).isLessThan(steps.get());
    }
  }

  @Test
  void endsWhenTheCollectorStops(Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    try (StreamClient client = new StreamClient(collector).read()) {
      client.await(frame -> true);

      collector.stop();

      Poll.until(client::ended);
    }
  }

  private static double skipped(TestCollector collector) {
    return collector
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("engram_stream_frames_skipped_total "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElseThrow();
  }
}
