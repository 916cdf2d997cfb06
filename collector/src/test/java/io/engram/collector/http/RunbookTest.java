package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class RunbookTest {
  @Test
  void isServedWithAPlaceForEachAlert(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);

    HttpResponse<String> page = collector.get("/runbook");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("<h2 id=\"memorizationonset\">MemorizationOnset</h2>")
        .contains("href=\"#eventsdropped\">EventsDropped</a>")
        .contains("curl -sf http://127.0.0.1:9464/api/v1/runs/$run/onset");
    assertThat(collector.get("/runbook.css").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingInTheTextIsMarkup() {
    String page =
        RunbookPage.of(
            """
            ## A heading, of *words*!

            <script>alert(1)</script>

            [link](javascript:alert(1))
            """);

    assertThat(page)
        .contains("<h2 id=\"a-heading-of-words-\">A heading, of <em>words</em>!</h2>")
        .contains("&lt;script&gt;")
        .doesNotContain("<script")
        .doesNotContain("javascript:");
  }
}
