package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Whole numbers by name. */
final class CountsShape implements Shape {
  private static final int MOST = 64;

  @Override
  public Map<String, Long> read(JsonNode json) {
    if (!json.isObject()) {
      throw FieldException.mustBe("an object of whole numbers", json);
    }
    if (json.size() > MOST) {
      throw new FieldException(
          "", "has %d names, must have at most %d".formatted(json.size(), MOST));
    }
    Map<String, Long> counts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      try {
        counts.put(entry.getKey(), (Long) NumberShape.LONG.read(entry.getValue()));
      } catch (FieldException e) {
        throw e.within(Words.brief(entry.getKey()));
      }
    }
    return counts;
  }

  @Override
  public ObjectNode schema(Definitions definitions) {
    ObjectNode schema = Definitions.object().put("type", "object").put("maxProperties", MOST);
    schema.set("additionalProperties", NumberShape.LONG.schema(definitions));
    return schema;
  }
}
