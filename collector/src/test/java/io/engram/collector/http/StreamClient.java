package io.engram.collector.http;

import io.engram.collector.Poll;
import io.engram.collector.TestCollector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of the event stream on a bare socket, which reads when it is told to. */
final class StreamClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  StreamClient(TestCollector collector) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), collector.port()));
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads from now on, on a thread of its own. */
  StreamClient read() {
    Thread reader = new Thread(this::readLines, "stream-client");
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  List<JsonObject> frames() {
    return frames;
  }

  boolean ended() {
    return ended;
  }

  /** Lines that are no frame: the HTTP header, sizes of chunks, fields of the stream. */
  List<String> otherLines() {
    return comments;
  }

  /** Waits for a frame. */
  JsonObject await(Predicate<JsonObject> wanted) {
    Poll.until(() -> frames.stream().anyMatch(wanted));
    return frames.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** What a frame says of a run, with {@code run} and {@code series}; null if nothing. */
  static JsonObject run(JsonObject frame, String run) {
    JsonArray runs = frame.getJsonArray("runs");
    for (int i = 0; i < runs.size(); i++) {
      if (runs.getJsonObject(i).getJsonObject("run").getString("run").equals(run)) {
        return runs.getJsonObject(i);
      }
    }
    return null;
  }

  /** Steps that a run had done at a frame; -1 if the frame does not speak of it. */
  static long steps(JsonObject frame, String run) {
    JsonObject news = run(frame, run);
    return news == null ? -1 : news.getJsonObject("run").getJsonObject("progress").getLong("steps");
  }

  private void readLines() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          frames.add(new JsonObject(line.substring("data: ".length())));
        } else {
          comments.add(line);
        }
      }
      ended = true;
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
