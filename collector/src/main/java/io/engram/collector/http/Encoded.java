package io.engram.collector.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * An answer ready to be sent, compressed when the client takes gzip and there is enough of it.
 *
 * @param contentType its media type
 * @param gzip whether {@code body} is compressed
 * @param body the bytes to send
 */
record Encoded(String contentType, boolean gzip, Buffer body) {
  private static final int WORTH_COMPRESSING = 1024;

  /** Cost: that of compressing; not for an event loop. */
  static Encoded of(HttpServerRequest request, String contentType, Buffer body) throws IOException {
    return of(acceptsGzip(request), contentType, body);
  }

  /** The same, for whoever takes gzip or does not. */
  static Encoded of(boolean takesGzip, String contentType, Buffer body) throws IOException {
    boolean gzip = takesGzip && body.length() >= WORTH_COMPRESSING;
    return new Encoded(contentType, gzip, gzip ? compress(body) : body);
  }

  static Encoded text(String text) {
    return new Encoded("text/plain; charset=utf-8", false, Buffer.buffer(text));
  }

  static boolean acceptsGzip(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.replace(" ", "").split(";", -1);
      if (parts[0].equals("gzip") || parts[0].equals("*")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  static Buffer compress(Buffer body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 4);
    try (FastGzip out = new FastGzip(bytes)) {
      out.write(body.getBytes());
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Level 1: answers are made anew each time, so that time counts for more than size. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Answers; a HEAD with the headers only. */
  void send(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    response.putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    response.end(request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : body);
  }
}
