package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What JSON stands for the values of a Java type. */
interface Shape {
  /**
   * Reads a value.
   *
   * @throws FieldException if the JSON is none of this shape's
   */
  @Nullable Object read(JsonNode json);

  /**
   * The JSON Schema of the values.
   *
   * @param definitions takes the schemas that are referred to by name
   */
  ObjectNode schema(Definitions definitions);
}
