package io.engram.collector;

import io.engram.events.EventBatch;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.EventBatchCodec;
import io.engram.events.wire.EventParcel;
import io.engram.events.wire.EventParcelCodec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;

/** A collector as an embedding program deploys it, and an HTTP client that speaks to it. */
public final class TestCollector {
  private final Vertx vertx;
  private final String deployment;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestCollector(Vertx vertx, String deployment) {
    this.vertx = vertx;
    this.deployment = deployment;
  }

  public static TestCollector start(Vertx vertx) {
    return start(vertx, new JsonObject());
  }

  /** On a free port, unless the configuration says otherwise. */
  public static TestCollector start(Vertx vertx, JsonObject config) {
    EventBatchCodec.register(vertx.eventBus());
    DeploymentOptions options =
        new DeploymentOptions().setConfig(new JsonObject().put("port", 0).mergeIn(config));
    return new TestCollector(
        vertx, vertx.deployVerticle("io.engram.collector.CollectorVerticle", options).await());
  }

  public void stop() {
    vertx.undeploy(deployment).await();
  }

  public int port() {
    return (Integer) vertx.sharedData().getLocalMap("engram.collector").get("port");
  }

  /** Sends by request, as a trainer does, and gives the answer. */
  public long send(EventBatch batch) {
    return vertx.eventBus().<Long>request(EventAddresses.EVENTS, batch).await().body();
  }

  /** Sends a parcel by request, as a trainer with a spool does, and gives the answer. */
  public long send(EventParcel parcel) {
    EventParcelCodec.register(vertx.eventBus());
    return vertx.eventBus().<Long>request(EventAddresses.EVENTS, parcel).await().body();
  }

  /** Sends a run's start and its first steps. */
  public void train(SyntheticRun run, int steps) {
    send(run.start());
    for (int i = 0; i < steps; i++) {
      send(run.step());
    }
  }

  /** Answers requests for pictures as a trainer does: stripes, as many as the id's last digit. */
  public void showPixels(SyntheticRun run) {
    vertx
        .eventBus()
        .<Integer>consumer(
            EventAddresses.pixels(run.run()),
            request -> {
              byte[] pixels = new byte[28 * 28];
              for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (i % 28 / 3 <= request.body() % 10 ? i / 28 * 9 : 0);
              }
              request.reply(Buffer.buffer(pixels));
            });
  }

  /** Step at which the channel {@code onset} of a run was raised. */
  public long onsetStep(String run) {
    return getJson("/api/v1/runs/" + run + "/onset")
        .getJsonObject("onset")
        .getJsonArray("channels")
        .getJsonObject(1)
        .getJsonObject("raisedAt")
        .getLong("step");
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /**
   * @param headers names and values in turn
   */
  public HttpResponse<String> get(String path, String... headers) {
    return request("GET", path, BodyHandlers.ofString(), headers);
  }

  public HttpResponse<byte[]> getBytes(String path, String... headers) {
    return request("GET", path, BodyHandlers.ofByteArray(), headers);
  }

  public JsonObject getJson(String path) {
    return new JsonObject(get(path).body());
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)),
        BodyHandlers.ofString(),
        headers);
  }

  public <T> HttpResponse<T> request(
      String method, String path, BodyHandler<T> body, String... headers) {
    return send(
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody()),
        body,
        headers);
  }

  /** Sends any request. */
  public <T> HttpResponse<T> send(
      HttpRequest.Builder request, BodyHandler<T> body, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
