package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The schemas that others refer to by name. */
final class Definitions {
  private final TreeMap<String, ObjectNode> byName = new TreeMap<>();

  /** A reference to the schema of a name, which is made the first time. */
  ObjectNode reference(String name, Supplier<ObjectNode> schema) {
    if (!byName.containsKey(name)) {
      byName.put(name, object());
      byName.put(name, schema.get());
    }
    return object().put("$ref", "#/$defs/" + name);
  }

  /** All of them, in the order of their names. */
  ObjectNode all() {
    ObjectNode all = object();
    byName.forEach(all::set);
    return all;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
