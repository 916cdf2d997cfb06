package io.engram.collector.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The live page's files and the runbook: read from the class path once and held in memory, plain
 * and compressed (about 400 KB), so that nothing is unpacked to disk and no path but the listed
 * ones is served. A browser asks each time and is answered 304 while a file is the same.
 */
final class StaticFiles implements Handler<RoutingContext> {
  private static final String CHART = "org.webjars.npm/chart.js";
  private static final List<String> FILES =
      List.of(
          "style.css",
          "alerts.css",
          "runbook.css",
          "icon.svg",
          "alerts.js",
          "app.js",
          "branches.js",
          "cards.js",
          "charts.js",
          "choice.js",
          "controls.js",
          "cursor.js",
          "datamap.js",
          "dom.js",
          "evidence.js",
          "figure.js",
          "figures.js",
          "format.js",
          "heatmap.js",
          "lines.js",
          "login.js",
          "matrix.js",
          "multiples.js",
          "onset.js",
          "paint.js",
          "palette.js",
          "panels.js",
          "pixels.js",
          "plot.js",
          "ramp.js",
          "rates.js",
          "save.js",
          "scoreplot.js",
          "series.js",
          "sight.js",
          "smoothing.js",
          "state.js",
          "stream.js",
          "suspects.js",
          "svalidation.js",
          "theme.js",
          "timeline.js",
          "units.js");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, StaticFile> files = new HashMap<>();

  /** Reads the files; blocks while it does. */
  static StaticFiles read() throws IOException {
    StaticFiles page = new StaticFiles();
    page.add("/", "live/index.html");
    for (String name : FILES) {
      page.add("/" + name, "live/" + name);
    }
    page.add(
        "/vendor/chart.js",
        "/META-INF/resources/webjars/chart.js/" + version() + "/dist/chart.umd.min.js");
    String runbook = new String(bytes("runbook.md"), StandardCharsets.UTF_8);
    page.add("/runbook", "html", Buffer.buffer(RunbookPage.of(runbook)));
    return page;
  }

  /** Whether there is a file of that path. */
  boolean has(String path) {
    return files.containsKey(path);
  }

  @Override
  public void handle(RoutingContext request) {
    StaticFile file = files.get(request.normalizedPath());
    if (file == null) {
      request.next();
      return;
    }
    HttpServerResponse response = request.response();
    boolean gzip = Encoded.acceptsGzip(request.request());
    response.putHeader(HttpHeaders.ETAG, file.etag());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (file.etag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else {
      new Encoded(file.contentType(), gzip, gzip ? file.compressed() : file.plain())
          .send(request.request());
    }
  }

  private void add(String path, String resource) throws IOException {
    add(path, resource.substring(resource.lastIndexOf('.') + 1), Buffer.buffer(bytes(resource)));
  }

  private void add(String path, String extension, Buffer plain) throws IOException {
    String type = Objects.requireNonNull(TYPES.get(extension), extension);
    files.put(
        path, new StaticFile(type, "\"" + hash(plain) + "\"", plain, Encoded.compress(plain)));
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    properties.load(
        new ByteArrayInputStream(bytes("/META-INF/maven/" + CHART + "/pom.properties")));
    return properties.getProperty("version");
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("class path resource " + resource);
      }
      return in.readAllBytes();
    }
  }

  private static String hash(Buffer content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record StaticFile(String contentType, String etag, Buffer plain, Buffer compressed) {}
}
