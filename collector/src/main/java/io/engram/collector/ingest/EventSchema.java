package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema (draft 2020-12) of a line. */
public final class EventSchema {
  private EventSchema() {}

  /** What {@link EventLines} takes, but for what the records ask of their components together. */
  public static String json() {
    Definitions definitions = new Definitions();
    ObjectNode line = new RecordShape(Line.class).objectSchema(definitions, "");
    ObjectNode schema =
        Definitions.object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "A line of POST /api/v1/runs/{run}/events");
    schema.setAll(line);
    schema.set("$defs", definitions.all());
    return schema.toPrettyString() + "\n";
  }
}
