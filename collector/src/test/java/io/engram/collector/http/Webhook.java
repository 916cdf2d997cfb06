package io.engram.collector.http;

import io.engram.collector.TestCollector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** Messages as Alertmanager 0.25 sends them. */
final class Webhook {
  static final String PATH = "/api/v1/alerts";

  private Webhook() {}

  static JsonObject message(JsonObject... alerts) {
    return new JsonObject()
        .put("receiver", "collector")
        .put("status", "firing")
        .put("alerts", JsonArray.of((Object[]) alerts))
        .put("groupLabels", new JsonObject().put("run", "a"))
        .put("commonLabels", new JsonObject())
        .put("commonAnnotations", new JsonObject())
        .put("externalURL", "http://127.0.0.1:9093")
        .put("version", "4")
        .put("groupKey", "{}/{}:{job=\"engram\", run=\"a\"}")
        .put("truncatedAlerts", 0);
  }

  static JsonObject onset(String run) {
    return alert("MemorizationOnset", "critical", run)
        .put(
            "annotations",
            new JsonObject()
                .put("summary", "The network has begun to memorize.")
                .put("description", "Run " + run + " fits labels.")
                .put("runbook_url", "http://127.0.0.1:9464/runbook#memorizationonset"));
  }

  static JsonObject alert(String name, String severity, String run) {
    return new JsonObject()
        .put("status", "firing")
        .put(
            "labels",
            new JsonObject().put("alertname", name).put("severity", severity).put("run", run))
        .put("annotations", new JsonObject())
        .put("startsAt", "2026-11-21T12:00:00.123456789+01:00")
        .put("endsAt", "0001-01-01T00:00:00Z")
        .put("generatorURL", "http://prometheus:9090/graph?g0.expr=up")
        .put("fingerprint", Integer.toHexString((name + run).hashCode()));
  }

  static HttpResponse<String> send(TestCollector collector, String body) {
    return collector.post(PATH, body, "Content-Type", "application/json");
  }
}
