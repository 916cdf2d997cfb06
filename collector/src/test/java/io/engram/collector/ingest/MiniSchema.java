package io.engram.collector.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** As much of JSON Schema as the events' schema uses; a keyword that it does not know fails. */
final class MiniSchema {
  private MiniSchema() {}

  /** What a schema has against a value; empty if it is valid. */
  static Optional<String> problem(JsonNode root, JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String problem = check(root, schema, keyword.getKey(), keyword.getValue(), value);
      if (!problem.isEmpty()) {
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }

  private static String check(
      JsonNode root, JsonNode schema, String keyword, JsonNode rule, JsonNode value) {
    boolean holds =
        switch (keyword) {
          case "$schema", "title", "description", "$defs", "properties" -> true;
          case "$ref" -> valid(root, root.at(rule.asText().substring(1)), value);
          case "type" ->
              switch (rule.asText()) {
                case "object" -> value.isObject();
                case "array" -> value.isArray();
                case "string" -> value.isTextual();
                case "boolean" -> value.isBoolean();
                case "integer" -> value.isIntegralNumber();
                case "number" -> value.isNumber();
                default -> throw new IllegalArgumentException(rule.asText());
              };
          case "required" -> {
            boolean all = true;
            for (JsonNode name : rule) {
              all &= value.has(name.asText());
            }
            yield all;
          }
          case "additionalProperties" -> {
            boolean all = true;
            for (Map.Entry<String, JsonNode> field : value.properties()) {
              JsonNode its = schema.path("properties").get(field.getKey());
              all &=
                  its != null
                      ? valid(root, its, field.getValue())
                      : rule.isObject() && valid(root, rule, field.getValue());
            }
            yield all;
          }
          case "items" -> {
            boolean all = true;
            for (JsonNode element : value) {
              all &= valid(root, rule, element);
            }
            yield all;
          }
          case "oneOf", "anyOf" -> {
            int ways = 0;
            for (JsonNode way : rule) {
              ways += valid(root, way, value) ? 1 : 0;
            }
            yield keyword.equals("oneOf") ? ways == 1 : ways > 0;
          }
          case "enum" -> {
            boolean any = false;
            for (JsonNode constant : rule) {
              any |= constant.equals(value);
            }
            yield any;
          }
          case "const" -> rule.equals(value);
          case "minimum" -> value.decimalValue().compareTo(rule.decimalValue()) >= 0;
          case "maximum" -> value.decimalValue().compareTo(rule.decimalValue()) <= 0;
          case "maxItems", "maxProperties" -> value.size() <= rule.intValue();
          case "maxLength" -> value.asText().length() <= rule.intValue();
          default -> throw new IllegalArgumentException("unknown keyword " + keyword);
        };
    return holds ? "" : keyword + " " + rule + " does not hold for " + value;
  }

  private static boolean valid(JsonNode root, JsonNode schema, JsonNode value) {
    return problem(root, schema, value).isEmpty();
  }
}
