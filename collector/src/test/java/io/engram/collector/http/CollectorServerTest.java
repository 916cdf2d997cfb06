package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
final class CollectorServerTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:href|src)=\"([^\"]+)\"|from \"\\./([^\"]+)\"");
  private static final Predicate<String> MODULE = Pattern.compile("[a-z]+\\.js").asMatchPredicate();

  private TestCollector collector;

  @BeforeEach
  void start(Vertx vertx) {
    collector = TestCollector.start(vertx);
  }

  @Test
  void servesEveryFileThatThePageNames() {
    Matcher page = REFERENCE.matcher(collector.get("/").body());
    int files = 0;
    while (page.find()) {
      files++;
      String path = "/" + page.group(1);
      if (path.equals("/api/v1/stream")) {
        continue;
      }
      HttpResponse<String> file = collector.get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      Matcher imports = REFERENCE.matcher(path.endsWith("app.js") ? file.body() : "");
      while (imports.find()) {
        assertThat(collector.get("/" + imports.group(2)).statusCode())
            .as(imports.group(2))
            .isEqualTo(200);
      }
    }
    assertThat(files).isGreaterThanOrEqualTo(8);
    assertThat(collector.get("/vendor/chart.js").body()).contains("Chart.js v4");
  }

  @Test
  void thePageNamesEveryModuleSoThatNoneIsFoundLate() throws Exception {
    Path live = Path.of(StaticFiles.class.getResource("live/index.html").toURI()).getParent();
    Set<String> modules = new TreeSet<>();
    try (Stream<Path> files = Files.list(live)) {
      files.map(file -> file.getFileName().toString()).filter(MODULE).forEach(modules::add);
    }
    Set<String> named = new TreeSet<>();
    Matcher page = REFERENCE.matcher(collector.get("/").body());
    while (page.find()) {
      if (MODULE.test(page.group(1))) {
        named.add(page.group(1));
      }
    }

    assertThat(named).isEqualTo(modules);
  }

  @Test
  void takesNothingFromOtherHosts() {
    HttpResponse<String> page = collector.get("/");

    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValue(
            "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none';"
                + " object-src 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.body()).doesNotContain("http://", "https://");
  }

  @Test
  void aFileThatIsTheSameIsNotSentAgain() {
    String tag = collector.get("/app.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = collector.get("/app.js", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/../logback-collector.xml",
        "/%2e%2e/logback-collector.xml",
        "/live/app.js",
        "/vendor/chart.umd.js",
        "/nothing"
      })
  void nothingElseIsServed(String path) {
    HttpResponse<String> answer = collector.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("{\"error\":\"nothing is served at ");
  }
}
