package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.events.TrainingEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects with the components of an event and, in {@code type}, its name. */
final class EventShape implements Shape {
  private static final String TYPE = "type";

  private final Map<String, RecordShape> kinds = new LinkedHashMap<>();

  EventShape() {
    for (Class<?> kind : TrainingEvent.class.getPermittedSubclasses()) {
      kinds.put(kind.getSimpleName(), new RecordShape(kind));
    }
  }

  @Override
  public Object read(JsonNode json) {
    if (!json.isObject()) {
      throw FieldException.mustBe("an object", json);
    }
    JsonNode type = json.get(TYPE);
    if (type == null) {
      throw new FieldException(TYPE, "is missing");
    }
    RecordShape kind = kinds.get(type.asText());
    if (kind == null) {
      throw FieldException.mustBe("one of " + String.join(", ", kinds.keySet()), type).within(TYPE);
    }
    return kind.read(json, TYPE);
  }

  @Override
  public ObjectNode schema(Definitions definitions) {
    ObjectNode schema = Definitions.object();
    var ways = schema.putArray("oneOf");
    kinds.forEach(
        (name, kind) ->
            ways.add(definitions.reference(name, () -> kind.objectSchema(definitions, TYPE))));
    return schema;
  }
}
