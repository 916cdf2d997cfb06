package io.engram.trainer.endtoend;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a collector says of a run's training: every series at every step, every example, the onset
 * detectors, what was measured. Left out is what tells how it came about: times, deliveries, and
 * the run's name.
 */
final class History {
  private static final int EXCERPT = 120;
  private static final int STRETCH = 5_000;
  private static final int EXAMPLES = 1_000;
  private static final List<String> OF_THE_TRAINING =
      List.of("state", "epoch", "step", "evaluations", "gradients", "examples");
  private static final List<String> OF_THE_PROGRESS =
      List.of("stepLoss", "stepAccuracy", "learningRate");
  private static final List<String> WHOLE =
      List.of("sensitivity", "critical-samples", "svalidation", "data-map?points=1000");

  private History() {}

  /** What there is to say, by a name of it. */
  static Map<String, String> of(Site collector, String run) throws Exception {
    String path = "/api/v1/runs/" + run;
    Map<String, String> history = new TreeMap<>();
    JsonObject shown = new JsonObject(collector.get(path));
    JsonObject state = shown.getJsonObject("run");
    OF_THE_TRAINING.forEach(name -> history.put(name, String.valueOf(state.getValue(name))));
    JsonObject progress = state.getJsonObject("progress");
    OF_THE_PROGRESS.forEach(name -> history.put(name, String.valueOf(progress.getValue(name))));
    history.put(
        "steps - redone",
        Long.toString(progress.getLong("steps") - progress.getLong("stepsRedone")));
    for (String page : WHOLE) {
      history.put(page, collector.get(path + "/" + page).replace("\"" + run + "\"", "\"\""));
    }
    history.put("onset", onset(new JsonObject(collector.get(path + "/onset"))));
    String page = "/examples?order=hardest&limit=" + EXAMPLES;
    history.put("each", new JsonObject(collector.get(path + page)).getValue("examples").toString());
    JsonArray names = shown.getJsonArray("series");
    for (int i = 0; i < names.size(); i++) {
      history.put("series " + names.getString(i), series(collector, path, names.getString(i)));
    }
    return history;
  }

  /** What differs, each with the place where it begins to. */
  static List<String> differences(Map<String, String> one, Map<String, String> other) {
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names.stream()
        .filter(name -> !one.getOrDefault(name, "").equals(other.get(name)))
        .map(name -> name + excerpts(one.getOrDefault(name, ""), other.getOrDefault(name, "")))
        .toList();
  }

  private static String excerpts(String one, String other) {
    int from = Math.max(0, Arrays.mismatch(one.toCharArray(), other.toCharArray()) - EXCERPT);
    return ": …%s… and …%s…".formatted(excerpt(one, from), excerpt(other, from));
  }

  private static String excerpt(String text, int from) {
    return text.substring(
        Math.min(text.length(), from), Math.min(text.length(), from + 2 * EXCERPT));
  }

  /** Without what the trainer answered, which it may have been too dead for. */
  private static String onset(JsonObject shown) {
    JsonObject onset = shown.getJsonObject("onset");
    onset.getJsonArray("channels").forEach(channel -> ((JsonObject) channel).remove("answer"));
    return onset.toString();
  }

  /** All points of a series, in stretches that are given whole. */
  private static String series(Site collector, String path, String name) throws Exception {
    StringBuilder points = new StringBuilder();
    long last = new JsonObject(collector.get(path)).getJsonObject("run").getLong("step");
    for (long from = 0; from <= last; from += STRETCH) {
      String stretch =
          "/series?name=%s&points=%d&from=%d&to=%d"
              .formatted(name, STRETCH, from, from + STRETCH - 1);
      points.append(new JsonObject(collector.get(path + stretch)).getValue("series"));
    }
    return points.toString();
  }
}
